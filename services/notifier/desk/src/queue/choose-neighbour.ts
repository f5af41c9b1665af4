/** Where to go from one item of a list: by steps, stopping at its ends. From nowhere, the first. */
export function chooseNeighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | null {
  const at = current === null ? -1 : list.indexOf(current);
  if (at === -1) return list[0] ?? null;
  return list[Math.min(Math.max(at + step, 0), list.length - 1)] ?? null;
}

/** What to open once `done` is off the list: the one after it, else the one before it, else nothing. */
export function chooseAfter<T>(list: readonly T[], done: T): T | null {
  const at = list.indexOf(done);
  const rest = list.filter((item) => item !== done);
  return rest[Math.min(Math.max(at, 0), rest.length - 1)] ?? null;
}
