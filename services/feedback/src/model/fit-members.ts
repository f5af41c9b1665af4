import { columnsOf, fitRidge, type Linear } from './fit-ridge.js';
import type { Recipe, Spreads } from './recipes.js';
import type { Column, SparseRow } from './vocabulary.js';

/** What is learned from, encoded. */
export interface Encoded {
  readonly columns: readonly Column[];
  readonly rows: readonly SparseRow[];
  readonly groups: Int32Array;
  readonly isTrue: Uint8Array;
  readonly weights: Float64Array;
}

/** Spread of how much harder one task is than another, in log-odds. An effect of the task; a new one has the mean, which is none. */
const GROUP_SPREAD = 0.7;
/** How much a further case of a group repeats what the group has said (the intraclass correlation of survey sampling). */
const REPEATS = 0.1;

/** Partial pooling: each group has an effect of its own, so that what holds for one task alone is not ascribed to what its cases share. */
export function fitMembers({ columns, rows, groups, isTrue, weights }: Encoded, { members }: Recipe): Linear {
  const counts = groupSizes(groups).length;
  const seen = columnsOf(rows, groups, columns.length, counts);
  const worth = ofMeanOne(effectiveCases(groups).map((it, at) => it * (weights[at] ?? 1)));
  const fitted = members.map((spreads) => fitRidge({ seen, isTrue, weights: worth, spread: spreadOf(columns, counts, spreads) }));
  const average = (of: (linear: Linear) => number): number => fitted.reduce((sum, it) => sum + of(it), 0) / fitted.length;
  return {
    base: average(({ base }) => base),
    effects: Float64Array.from(columns, (_, at) => average(({ effects }) => effects[at] ?? 0)),
  };
}

function spreadOf(columns: readonly Column[], groups: number, spreads: Spreads): Float64Array {
  const all = new Float64Array(columns.length + groups).fill(GROUP_SPREAD);
  columns.forEach(({ block }, at) => (all[at] = spreads[block] ?? 0));
  return all;
}

/** Thirty runs of one task are worth a few of different ones: how many cases each case counts for. */
export function effectiveCases(groups: Int32Array): Float64Array {
  const sizes = groupSizes(groups);
  return Float64Array.from(groups, (group) => 1 / (1 + ((sizes[group] ?? 1) - 1) * REPEATS));
}

function groupSizes(groups: Int32Array): Int32Array {
  const sizes = new Int32Array(groups.reduce((largest, it) => Math.max(largest, it), -1) + 1);
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  return sizes;
}

function ofMeanOne(counts: Float64Array): Float64Array {
  const sum = counts.reduce((total, it) => total + it, 0);
  return counts.map((it) => (it * counts.length) / sum);
}
