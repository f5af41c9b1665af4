interface Nested {
  [name: string]: unknown;
}

/** What is said of each path (`to.iban`), nested as the form wants it. */
export function nestByPath(said: Iterable<readonly [path: string, leaf: object]>): Readonly<Nested> {
  const whole: Nested = {};
  for (const [path, leaf] of said) {
    let at = whole;
    for (const name of path.split('.').filter(Boolean)) at = (at[name] ??= {}) as Nested; // made here, as all that is in it
    Object.assign(at, leaf);
  }
  return whole;
}
