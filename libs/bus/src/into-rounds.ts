/** Items in calls of which none holds two of one key; the order of each key's items is kept. Items without a key go first. */
export function intoRounds<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): readonly (readonly Item[])[] {
  const rounds: Item[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const round = key === null ? 0 : (seen.get(key) ?? 0);
    if (key !== null) seen.set(key, round + 1);
    (rounds[round] ??= []).push(item);
  }
  return rounds;
}
