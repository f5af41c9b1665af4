const { abs, floor, log, max, min } = Math; // once: see random.ts

/** One prediction beside what came of it. */
export interface Judged {
  readonly p: number;
  readonly isTrue: boolean;
}

export interface Metrics {
  readonly n: number;
  readonly auc: number;
  readonly log_loss: number;
  readonly brier: number;
  readonly ece: number;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean prediction, and share that came true. */
  readonly said: number;
  readonly came: number;
}

/** A certain prediction that is wrong would cost infinitely much. */
const SMALLEST = 1e-6;
export const ECE_BINS = 10;

export function metricsOf(judged: readonly Judged[]): Metrics {
  return { n: judged.length, auc: auc(judged), log_loss: logLoss(judged), brier: brier(judged), ece: calibrationError(judged) };
}

export const logLoss = (judged: readonly Judged[]): number => mean(judged.map(surprise));
export const brier = (judged: readonly Judged[]): number => mean(judged.map(({ p, isTrue }) => (p - Number(isTrue)) ** 2));

/** −ln of what was said of that which came. */
export function surprise({ p, isTrue }: Judged): number {
  const bounded = min(1 - SMALLEST, max(SMALLEST, p));
  return -log(isTrue ? bounded : 1 - bounded);
}

/** Share of pairs of a true and a false one in which the true one was said to be likelier; equals count half. By ranks (Mann-Whitney). */
export function auc(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((a, b) => a.p - b.p);
  const trues = sorted.filter(({ isTrue }) => isTrue).length;
  const falses = sorted.length - trues;
  let ranks = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end]?.p === sorted[start]?.p) end++;
    const tied = sorted.slice(start, end).filter(({ isTrue }) => isTrue).length;
    ranks += tied * ((start + 1 + end) / 2);
  }
  return trues === 0 || falses === 0 ? NaN : (ranks - (trues * (trues + 1)) / 2) / (trues * falses);
}

/** Expected calibration error over equal bins: the mean distance of said from came, weighted by how many are in a bin. */
export const calibrationError = (judged: readonly Judged[], bins = ECE_BINS): number =>
  binsOf(judged, bins).reduce((sum, { n, said, came }) => sum + n * abs(said - came), 0) / judged.length;

export function binsOf(judged: readonly Judged[], count = ECE_BINS): readonly Bin[] {
  const sums = Array.from({ length: count }, () => ({ n: 0, said: 0, came: 0 }));
  for (const { p, isTrue } of judged) {
    const sum = sums[min(count - 1, floor(p * count))];
    if (!sum) continue;
    sum.n++;
    sum.said += p;
    sum.came += Number(isTrue);
  }
  return sums.flatMap(({ n, said, came }, at) =>
    n === 0 ? [] : [{ from: at / count, to: (at + 1) / count, n, said: said / n, came: came / n }],
  );
}

export const mean = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length;
