/** A week of ISO 8601, from its Monday in UTC. */
export interface Week {
  /** `2026-W48`. */
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

const DAY_MS = 86_400_000;

export function weekOf(instant: Date): Week {
  const day = Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate());
  return weekFrom(day - ((instant.getUTCDay() + 6) % 7) * DAY_MS);
}

/** @returns null where there is no such week */
export function readWeek(name: string): Week | null {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
  if (year === undefined || number === undefined) return null;
  const first = weekOf(new Date(Date.UTC(Number(year), 0, 4))); // the fourth of January is in the first week of its year
  const week = weekFrom(first.from.getTime() + (Number(number) - 1) * 7 * DAY_MS);
  return week.name === name ? week : null;
}

/** @param count with `last` itself, the oldest first */
export function weeksUpTo(last: Week, count: number): readonly Week[] {
  return Array.from({ length: count }, (_, at) => weekFrom(last.from.getTime() - (count - 1 - at) * 7 * DAY_MS));
}

function weekFrom(monday: number): Week {
  const thursday = new Date(monday + 3 * DAY_MS); // the week is of the year that has its Thursday
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return { name: `${year}-W${String(number).padStart(2, '0')}`, from: new Date(monday), until: new Date(monday + 7 * DAY_MS) };
}
