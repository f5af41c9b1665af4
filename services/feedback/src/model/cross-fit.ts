import { fit } from './fit.js';
import { marginOf } from './fit-ridge.js';
import { groupFolds } from './group-folds.js';
import { pick, type Known } from './known.js';
import type { Recipe } from './recipes.js';
import type { SparseRow } from './vocabulary.js';

const NOTHING: SparseRow = { at: new Int32Array(), value: new Float64Array() };

export interface Splitting {
  readonly folds: number;
  readonly seed: number;
}

/** For each case the margin of a model that saw nothing of its group. */
export function crossFit(known: Known, recipe: Recipe, { folds, seed }: Splitting): Float64Array {
  const fold = groupFolds(known.groups, folds, seed);
  const margins = new Float64Array(known.groups.length);
  for (let left = 0; left < folds; left++) {
    const { inside, outside } = split(fold, left);
    const { linear, encode } = fit(pick(known, inside), recipe);
    for (const at of outside) margins[at] = marginOf(linear, encode(known.rows[at] ?? NOTHING));
  }
  return margins;
}

export function split(fold: Int32Array, left: number): { readonly inside: readonly number[]; readonly outside: readonly number[] } {
  const all = Array.from(fold, (_, at) => at);
  return { inside: all.filter((at) => fold[at] !== left), outside: all.filter((at) => fold[at] === left) };
}
