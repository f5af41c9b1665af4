import type { CaseBook } from './case-book.js';
import type { Target } from './cases.js';
import type { TraitBook } from './trait-book.js';
import type { SparseRow } from './vocabulary.js';

/** Cases of one target whose truth is known. */
export interface Known {
  readonly book: TraitBook;
  /** By the book's numbers. */
  readonly rows: readonly SparseRow[];
  /** Each case's group, by number. */
  readonly groups: Int32Array;
  readonly isTrue: Uint8Array;
  readonly weights: Float64Array;
  readonly isHearsay: Uint8Array;
}

export function knownOf({ book, cases }: CaseBook, target: Target): Known {
  const known = cases.filter(({ truths }) => truths[target] !== null);
  const numbers = new Map<string, number>();
  for (const { group } of known) if (!numbers.has(group)) numbers.set(group, numbers.size);
  return {
    book,
    rows: known.map(({ row }) => row),
    groups: Int32Array.from(known, ({ group }) => numbers.get(group) ?? 0),
    isTrue: Uint8Array.from(known, ({ truths }) => Number(truths[target])),
    weights: Float64Array.from(known, ({ weights }) => weights?.[target] ?? 1),
    isHearsay: Uint8Array.from(known, ({ isHearsay = false }) => Number(isHearsay)),
  };
}

export const pick = ({ book, rows, groups, isTrue, weights, isHearsay }: Known, at: readonly number[]): Known => ({
  book,
  rows: at.flatMap((it) => rows[it] ?? []),
  groups: Int32Array.from(at, (it) => groups[it] ?? 0),
  isTrue: Uint8Array.from(at, (it) => isTrue[it] ?? 0),
  weights: Float64Array.from(at, (it) => weights[it] ?? 0),
  isHearsay: Uint8Array.from(at, (it) => isHearsay[it] ?? 0),
});

/** Those that a model may be judged by. */
export const judgeable = (known: Known): Known => pick(known, judgeableAt(known));
export const judgeableAt = ({ isHearsay }: Known): readonly number[] => Array.from(isHearsay.keys()).filter((at) => isHearsay[at] === 0);
