const MINUTE_MS = 60_000;
const STEPS: readonly (readonly [minutes: number, label: string])[] = [
  [5, '5 minutes'],
  [15, '15 minutes'],
  [30, '30 minutes'],
  [60, '1 hour'],
  [120, '2 hours'],
];

/** Until when something can be put off: never beyond its deadline. */
export function deferOptions(now: number, decideBy: string | null): readonly { readonly value: string; readonly label: string }[] {
  const latest = decideBy === null ? now : Date.parse(decideBy);
  return STEPS.map(([minutes, label]) => ({ at: now + minutes * MINUTE_MS, label: `For ${label}` }))
    .filter(({ at }) => at < latest)
    .map(({ at, label }) => ({ value: new Date(at).toISOString(), label }));
}
