import { fitRidge, type Linear } from './fit-ridge.js';
import type { Recipe, Spreads } from './recipes.js';
import type { Column, SparseRow } from './vocabulary.js';

/** What is learned from, encoded. */
export interface Encoded {
  readonly columns: readonly Column[];
  readonly rows: readonly SparseRow[];
  readonly groups: readonly string[];
  readonly isTrue: Uint8Array;
}

/** Spread of how much harder one task is than another, in log-odds. An effect of the task; a new one has the mean, which is none. */
const GROUP_SPREAD = 0.7;
/** How much a further case of a group repeats what the group has said (the intraclass correlation of survey sampling). */
const REPEATS = 0.1;

/** Partial pooling: each group has an effect of its own, so that what holds for one task alone is not ascribed to what its cases share. */
export function fitMembers(encoded: Encoded, { members }: Recipe): Linear {
  const withGroups = addGroups(encoded);
  const weights = groupWeights(encoded.groups);
  const fitted = members.map((spreads) =>
    fitRidge({ rows: withGroups.rows, isTrue: encoded.isTrue, weights, spread: spreadOf(encoded.columns, withGroups.count, spreads) }),
  );
  const average = (of: (linear: Linear) => number): number => fitted.reduce((sum, it) => sum + of(it), 0) / fitted.length;
  return {
    base: average(({ base }) => base),
    effects: Float64Array.from(encoded.columns, (_, at) => average(({ effects }) => effects[at] ?? 0)),
  };
}

function spreadOf(columns: readonly Column[], groups: number, spreads: Spreads): Float64Array {
  const own = columns.map(({ block }) => spreads[block] ?? 0);
  return Float64Array.from([...own, ...new Array<number>(groups).fill(GROUP_SPREAD)]);
}

function addGroups({ rows, groups, columns }: Encoded): { readonly rows: readonly SparseRow[]; readonly count: number } {
  const places = new Map([...new Set(groups)].map((group, at) => [group, columns.length + at]));
  const added = rows.map(({ at, value }, index) => ({
    at: Int32Array.of(...at, places.get(groups[index] ?? '') ?? 0),
    value: Float64Array.of(...value, 1),
  }));
  return { rows: added, count: places.size };
}

/** Thirty runs of one task are worth a few of different ones: how many cases each case counts for. */
export function effectiveCases(groups: readonly string[]): Float64Array {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return Float64Array.from(groups, (group) => 1 / (1 + ((sizes.get(group) ?? 1) - 1) * REPEATS));
}

/** The same, with a mean of 1. */
function groupWeights(groups: readonly string[]): Float64Array {
  const counts = effectiveCases(groups);
  const sum = counts.reduce((total, it) => total + it, 0);
  return counts.map((it) => (it * groups.length) / sum);
}
