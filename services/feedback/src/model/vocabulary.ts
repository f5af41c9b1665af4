import type { Block, Trait } from './trait.js';

/** Seldom seen, or of one task alone: nothing is learned from such a trait that holds for another task. */
const FEWEST_CASES = 10;
const FEWEST_GROUPS = 3;

/** A trait that is learned about. Text is weighed by how rare the word is, all else counts as it is. */
export interface Column {
  readonly block: Block;
  readonly name: string;
  readonly factor: number;
}

/** A row's numbers by column; columns that are not in it are zero. */
export interface SparseRow {
  readonly at: Int32Array;
  readonly value: Float64Array;
}

interface Seen {
  readonly trait: Trait;
  readonly groups: Set<string>;
  cases: number;
}

/** Which traits are worth a column, and on which scale, from the cases that are learned from and no others. */
export function learnColumns(described: readonly (readonly Trait[])[], groups: readonly string[]): readonly Column[] {
  const seen = new Map<string, Seen>();
  described.forEach((traits, at) => {
    for (const trait of traits) count(seen, trait, groups[at] ?? '');
  });
  return [...seen.values()]
    .filter((it) => it.cases >= FEWEST_CASES && it.groups.size >= FEWEST_GROUPS)
    .map(({ trait: { block, name }, cases }) => ({ block, name, factor: isText(block) ? rarity(cases, described.length) : 1 }));
}

function count(seen: Map<string, Seen>, trait: Trait, group: string): void {
  const it = seen.get(trait.name) ?? { trait, groups: new Set<string>(), cases: 0 };
  if (it.cases === 0) seen.set(trait.name, it);
  if (it.groups.size < FEWEST_GROUPS) it.groups.add(group);
  it.cases++;
}

/** Inverse document frequency. */
const rarity = (cases: number, all: number): number => Math.log((1 + all) / (1 + cases)) + 1;

/** Turns described moments into rows of these columns; traits without a column are left out. */
export function encoder(columns: readonly Column[]): (traits: readonly Trait[]) => SparseRow {
  const places = new Map(columns.map((column, at) => [column.name, { at, factor: column.factor }]));
  return (traits) => {
    const found = traits.flatMap((trait) => {
      const place = places.get(trait.name);
      return place ? [{ at: place.at, block: trait.block, value: trait.value * place.factor }] : [];
    });
    const lengths = textLengths(found);
    return {
      at: Int32Array.from(found, (it) => it.at),
      value: Float64Array.from(found, (it) => it.value / (lengths.get(it.block) ?? 1)),
    };
  };
}

/** A long text weighs no more than a short one: each block of text has length 1. */
function textLengths(found: readonly { readonly block: Block; readonly value: number }[]): ReadonlyMap<Block, number> {
  const squares = new Map<Block, number>();
  for (const { block, value } of found) if (isText(block)) squares.set(block, (squares.get(block) ?? 0) + value * value);
  return new Map([...squares].map(([block, sum]) => [block, Math.sqrt(sum) || 1]));
}

const isText = (block: Block): boolean => block.startsWith('words_');
