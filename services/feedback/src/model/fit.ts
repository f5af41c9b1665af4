import { fitMembers } from './fit-members.js';
import type { Linear } from './fit-ridge.js';
import type { Known } from './known.js';
import type { Recipe } from './recipes.js';
import type { Trait } from './trait.js';
import { encoder, learnColumns, type Column, type SparseRow } from './vocabulary.js';

export interface Fitted {
  readonly columns: readonly Column[];
  readonly linear: Linear;
  readonly encode: (traits: readonly Trait[]) => SparseRow;
}

/** What is seen and what it is worth, both from these cases alone. */
export function fit({ traits, groups, isTrue }: Known, recipe: Recipe): Fitted {
  const isUsed = ({ block }: Trait): boolean => recipe.members.some((spreads) => (spreads[block] ?? 0) > 0);
  const seen = traits.map((it) => it.filter(isUsed));
  const columns = learnColumns(seen, groups);
  const encode = encoder(columns);
  return { columns, encode, linear: fitMembers({ columns, rows: seen.map(encode), groups, isTrue }, recipe) };
}
