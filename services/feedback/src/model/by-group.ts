/** The cases of each group together. */
export function byGroup<T extends { readonly group: string | number }>(cases: readonly T[]): readonly (readonly T[])[] {
  const groups = new Map<string | number, T[]>();
  for (const it of cases) {
    const own = groups.get(it.group);
    if (own) own.push(it);
    else groups.set(it.group, [it]);
  }
  return [...groups.values()];
}
