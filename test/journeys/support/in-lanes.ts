/** Works on all of them, so many at a time, each lane in its order. @returns the result of each, to be waited for by itself */
export function inLanes<Item, Result>(
  lanes: number,
  items: readonly (readonly [string, Item])[],
  work: (item: Item) => Promise<Result>,
): ReadonlyMap<string, Promise<Result>> {
  const ends: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  return new Map(
    items.map(([name, item], at) => {
      const result = Promise.resolve(ends[at % lanes]).then(() => work(item));
      ends[at % lanes] = result.catch(() => undefined); // it fails where it is waited for
      return [name, result];
    }),
  );
}
