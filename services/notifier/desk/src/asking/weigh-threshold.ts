import type { Bin } from '../api/use-asking.js';

/** What would come of asking people from this probability on. */
export interface Weighed {
  /** Share of the cases that people would be asked about. */
  readonly asked: number;
  /** Share of the cases that would go wrong alone. */
  readonly wrong: number;
}

/** By what was seen of each bin; a threshold inside one asks about all of it. */
export function weighThreshold(bins: readonly Bin[], threshold: number): Weighed {
  const total = sum(bins.map(({ n }) => n));
  if (total === 0) return { asked: 0, wrong: 0 };
  const alone = bins.filter(({ to }) => to <= threshold + SLACK);
  return { asked: 1 - sum(alone.map(({ n }) => n)) / total, wrong: sum(alone.map(({ n, came }) => n * came)) / total };
}

/** From asking always to asking never, by the tenths that cases are counted by. */
export const THRESHOLDS: readonly number[] = Array.from({ length: 11 }, (_, at) => at / 10);

/** Where a threshold stands among them: below it as much is asked, as one inside a tenth asks about all of it. */
export const stepOf = (threshold: number): number => THRESHOLDS.findLastIndex((it) => it <= threshold + SLACK);

const SLACK = 1e-9;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);
