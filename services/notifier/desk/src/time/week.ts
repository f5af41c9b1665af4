/** Seven days of the reader's, from a Monday's midnight on; 167 or 169 hours where clocks change. Instants in milliseconds. */
export interface Week {
  /** The midnight that each day begins with. */
  readonly days: readonly number[];
  readonly from: number;
  readonly until: number;
}

const DAYS = 7;

/** The week that an instant is in. */
export function weekOf(at: number): Week {
  const day = new Date(at);
  const sinceMonday = (day.getDay() + 6) % DAYS;
  const midnight = (more: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() - sinceMonday + more).getTime();
  return { days: Array.from({ length: DAYS }, (_, more) => midnight(more)), from: midnight(0), until: midnight(DAYS) };
}

export const weekBefore = ({ from }: Week): Week => weekOf(from - 1);
export const weekAfter = ({ until }: Week): Week => weekOf(until);
