import { byGroup } from './by-group.js';
import type { JudgedCase } from './train-target.js';

export interface Drift {
  readonly groups: number;
  /** How far what came is from what was said, in standard errors: the largest of all cases, of those said to be safe, and of the others. */
  readonly statistic: number;
  readonly bound: number;
  readonly isOff: boolean;
}

/** A calibrated model is taken for one that is not at most about this often. */
const ALPHA = 0.001;
const STATISTICS = 3;
/** Less is no reason to change anything, however sure one can be of it. */
const LEAST_SHARE = 0.05;

/**
 * Whether what came says that a model is out of calibration. What is independent are groups: the sum over groups of came less said, by the
 * root of the sum of its squares or of the variance that the model itself claims, whichever is larger. Such a sum is above t with chance
 * exp(−t²/2) at most where deviations are symmetric (B. Efron, "Student's t-Test Under Symmetry Conditions", 1969). A model may be right on
 * the whole and wrong at both ends, so halves are looked at as well; Bonferroni's share each.
 */
export function calibrationDrift(judged: readonly JudgedCase[]): Drift {
  const middle = [...judged].sort((a, b) => a.p - b.p)[Math.floor(judged.length / 2)]?.p ?? 0;
  const parts = [judged, judged.filter(({ p }) => p <= middle), judged.filter(({ p }) => p >= middle)];
  const bound = Math.sqrt(2 * Math.log((2 * STATISTICS) / ALPHA));
  const statistic = Math.max(...parts.map(deviation));
  return { groups: byGroup(judged).length, statistic, bound, isOff: statistic > bound };
}

/** In standard errors; 0 where it is too small to matter. */
function deviation(judged: readonly JudgedCase[]): number {
  const off = sum(judged.map(({ p, isTrue }) => Number(isTrue) - p));
  if (Math.abs(off) < LEAST_SHARE * judged.length) return 0;
  const variances = byGroup(judged).map((own) =>
    Math.max(sum(own.map(({ p, isTrue }) => Number(isTrue) - p)) ** 2, sum(own.map(({ p }) => p * (1 - p)))),
  );
  return Math.abs(off) / Math.sqrt(sum(variances) || 1);
}

const sum = (values: readonly number[]): number => values.reduce((total, it) => total + it, 0);
