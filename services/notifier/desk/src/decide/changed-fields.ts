/** Names of the top-level fields in which two packets differ. Both came from the same server, so keys keep their order. */
export function changedFields(before: object, after: object): readonly string[] {
  const was = new Map(Object.entries(before).map(([name, value]) => [name, JSON.stringify(value)]));
  const is = new Map(Object.entries(after).map(([name, value]) => [name, JSON.stringify(value)]));
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
}
