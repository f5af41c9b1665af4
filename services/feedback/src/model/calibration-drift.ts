import { byGroup } from './by-group.js';
import { mean } from './metrics.js';
import type { JudgedCase } from './train-target.js';

export interface Drift {
  readonly groups: number;
  /** How far what came is from what was said, in standard errors: the largest of all cases, of those said to be safe, and of the others. */
  readonly statistic: number;
  readonly bound: number;
  readonly isOff: boolean;
}

/** A calibrated model is taken for one that is not at most this often. */
const ALPHA = 0.001;
const STATISTICS = 3;

/**
 * Whether what came says that a model is out of calibration. Groups are what is independent: the sum over groups of came less said, by the
 * root of its sum of squares, is above t with chance exp(−t²/2) at most where deviations are symmetric (B. Efron, "Student's t-Test Under
 * Symmetry Conditions", 1969). A model may be right on the whole and wrong at both ends, so halves are looked at as well; Bonferroni's share each.
 */
export function calibrationDrift(judged: readonly JudgedCase[]): Drift {
  const middle = [...judged].sort((a, b) => a.p - b.p)[Math.floor(judged.length / 2)]?.p ?? 0;
  const parts = [judged, judged.filter(({ p }) => p <= middle), judged.filter(({ p }) => p >= middle)];
  const statistic = Math.max(...parts.map(deviation));
  const bound = Math.sqrt(2 * Math.log((2 * STATISTICS) / ALPHA));
  return { groups: byGroup(judged).length, statistic, bound, isOff: statistic > bound };
}

function deviation(judged: readonly JudgedCase[]): number {
  const sums = byGroup(judged).map((own) => own.length * mean(own.map(({ p, isTrue }) => Number(isTrue) - p)));
  const root = Math.sqrt(sums.reduce((sum, it) => sum + it * it, 0));
  return root === 0 ? 0 : Math.abs(sums.reduce((sum, it) => sum + it, 0)) / root;
}
