/** The cases of each group together. */
export function byGroup<T extends { readonly group: string }>(cases: readonly T[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const it of cases) {
    const own = groups.get(it.group);
    if (own) own.push(it);
    else groups.set(it.group, [it]);
  }
  return [...groups.values()];
}
