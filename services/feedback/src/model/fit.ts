import { fitMembers } from './fit-members.js';
import type { Linear } from './fit-ridge.js';
import type { Known } from './known.js';
import type { Recipe } from './recipes.js';
import { bookEncoder, learnColumns, type Column, type SparseRow } from './vocabulary.js';

export interface Fitted {
  readonly columns: readonly Column[];
  readonly linear: Linear;
  readonly encode: (row: SparseRow) => SparseRow;
}

/** What is seen and what it is worth, both from these cases alone. */
export function fit(known: Known, recipe: Recipe): Fitted {
  const columns = learnColumns(known, (block) => recipe.members.some((spreads) => (spreads[block] ?? 0) > 0));
  const encode = bookEncoder(columns, known.book);
  return { columns, encode, linear: fitMembers({ ...known, columns, rows: known.rows.map(encode) }, recipe) };
}
