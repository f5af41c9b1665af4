import { groupBootstrap, type Interval } from './bootstrap.js';
import { surprise } from './metrics.js';
import { FEWEST_OF_A_SLICE } from './slices.js';

/** One case that came after both models were made, as each of them says it. */
export interface JudgedTwice {
  readonly group: string | number;
  readonly slice: string;
  readonly isTrue: boolean;
  readonly champion: number;
  readonly challenger: number;
}

export interface Comparison {
  readonly verdict: 'too-few' | 'better' | 'not-better' | 'worse-somewhere';
  readonly cases: number;
  readonly groups: number;
  /** Log-loss of the challenger less the champion's on the same cases, with its interval; below 0 is better. */
  readonly gain: Interval | null;
  readonly slices: readonly { readonly slice: string; readonly cases: number; readonly gain: Interval }[];
}

const FEWEST_CASES = 100;
const FEWEST_GROUPS = 30;
/** Those with enough cases of their own to be judged hold at least this share of all. */
const SHARE_OF_SLICES = 0.75;
/** Of the interval: a challenger no better than the champion is taken for better once in two hundred looks. */
const LEVEL = 0.99;

/**
 * Is a challenger better, beyond noise, on the same later cases? By a paired bootstrap over groups (B. Efron, R. Tibshirani, 1993), as cases
 * of a group are near copies; and in no slice worse beyond noise.
 */
export function compareModels(pairs: readonly JudgedTwice[]): Comparison {
  const groups = new Set(pairs.map(({ group }) => group)).size;
  const slices = sliceGains(pairs);
  const judged = slices.reduce((sum, { cases }) => sum + cases, 0);
  const counts = { cases: pairs.length, groups, slices };
  if (pairs.length < FEWEST_CASES || groups < FEWEST_GROUPS || judged < SHARE_OF_SLICES * pairs.length)
    return { verdict: 'too-few', gain: null, ...counts };
  const gain = gainOf(pairs);
  if (slices.some((slice) => slice.gain.low > 0)) return { verdict: 'worse-somewhere', gain, ...counts };
  return { verdict: gain.high < 0 ? 'better' : 'not-better', gain, ...counts };
}

const gainOf = (pairs: readonly JudgedTwice[]): Interval =>
  groupBootstrap(
    pairs.map(({ group, isTrue, champion, challenger }) => ({
      group,
      value: surprise({ p: challenger, isTrue }) - surprise({ p: champion, isTrue }),
    })),
    { level: LEVEL },
  );

function sliceGains(pairs: readonly JudgedTwice[]): Comparison['slices'] {
  return [...new Set(pairs.map(({ slice }) => slice))]
    .map((slice) => ({ slice, own: pairs.filter((it) => it.slice === slice) }))
    .filter(({ own }) => own.length >= FEWEST_OF_A_SLICE)
    .map(({ slice, own }) => ({ slice, cases: own.length, gain: gainOf(own) }));
}
