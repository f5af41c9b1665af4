import { byGroup } from './by-group.js';
import { calibrationError, mean, type Judged } from './metrics.js';
import { seededRandom } from './random.js';

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const DRAWS = 2000;

/** Interval of the mean over cases, 95 % unless told, with whole groups drawn again: cases of a group are near copies, and count as one draw. */
export function groupBootstrap(
  values: readonly { readonly group: string | number; readonly value: number }[],
  { seed = 1, level = 0.95 } = {},
): Interval {
  const random = seededRandom(seed);
  const groups = byGroup(values);
  const counts = Float64Array.from(groups, (own) => own.length);
  const sums = Float64Array.from(groups, (own) => own.reduce((sum, { value }) => sum + value, 0));
  const means = new Float64Array(DRAWS).map(() => {
    let [n, sum] = [0, 0];
    for (let draw = 0; draw < groups.length; draw++) {
      const at = (random() * groups.length) | 0;
      n += counts[at] ?? 0;
      sum += sums[at] ?? 0;
    }
    return sum / n;
  });
  return { mean: mean(values.map(({ value }) => value)), ...middle(means, level) };
}

/** What the calibration error of a model would be that says exactly what is likely: 95 % of draws of what comes are below. */
export function calibratedBand(judged: readonly Judged[], seed = 1): number {
  const random = seededRandom(seed);
  const draws = new Float64Array(400).map(() => calibrationError(judged.map(({ p }) => ({ p, isTrue: random() < p }))));
  return quantile(draws.sort(), 0.95);
}

function middle(draws: Float64Array, level: number) {
  const sorted = draws.sort(); // by value, as numbers are in such an array
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
