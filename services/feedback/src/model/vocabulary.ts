import type { TraitBook } from './trait-book.js';
import type { Block, Trait } from './trait.js';

const { log, sqrt } = Math; // once: see random.ts

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

interface Described {
  readonly book: TraitBook;
  readonly rows: readonly SparseRow[];
  /** Each case's group, by number. */
  readonly groups: Int32Array;
}

/** Which traits are worth a column, and on which scale, from the cases that are learned from and no others. */
export function learnColumns({ book, rows, groups }: Described, isUsed: (block: Block) => boolean): readonly Column[] {
  const { cases, ofGroups } = countTraits(book.size, rows, groups);
  return book.traits.flatMap(({ block, name }, number) => {
    const seen = cases[number] ?? 0;
    if (!isUsed(block) || seen < FEWEST_CASES || (ofGroups[number] ?? 0) < FEWEST_GROUPS) return [];
    return [{ block, name, factor: isText(block) ? rarity(seen, rows.length) : 1 }];
  });
}

/** In how many cases each trait is, and of how many groups these are, up to `FEWEST_GROUPS`. */
function countTraits(size: number, rows: readonly SparseRow[], groups: Int32Array) {
  const cases = new Int32Array(size);
  const ofGroups = new Uint8Array(size);
  const seen = new Int32Array(size * FEWEST_GROUPS).fill(-1); // the groups themselves
  rows.forEach(({ at }, row) => {
    const group = groups[row] ?? -1;
    for (const number of at) {
      cases[number] = (cases[number] ?? 0) + 1;
      const count = ofGroups[number] ?? 0;
      const start = number * FEWEST_GROUPS;
      if (count === FEWEST_GROUPS || seen.subarray(start, start + count).includes(group)) continue;
      seen[start + count] = group;
      ofGroups[number] = count + 1;
    }
  });
  return { cases, ofGroups };
}

/** Inverse document frequency. */
const rarity = (cases: number, all: number): number => log((1 + all) / (1 + cases)) + 1;

/** Turns described moments into rows of these columns; traits without a column are left out. */
export function encoder(columns: readonly Column[]): (traits: readonly Trait[]) => SparseRow {
  const places = new Map(columns.map(({ name }, at) => [name, at]));
  const scale = scaler(columns);
  return (traits) => {
    const found = traits.filter(({ name }) => places.has(name));
    return scale(
      Int32Array.from(found, ({ name }) => places.get(name) ?? 0),
      Float64Array.from(found, ({ value }) => value),
    );
  };
}

/** The same of cases that are in a book. */
export function bookEncoder(columns: readonly Column[], book: TraitBook): (row: SparseRow) => SparseRow {
  const places = new Int32Array(book.size).fill(-1);
  columns.forEach(({ name }, at) => {
    const number = book.numberOf(name);
    if (number !== undefined) places[number] = at;
  });
  const scale = scaler(columns);
  return (row) => {
    const at = new Int32Array(row.at.length);
    const value = new Float64Array(row.at.length);
    let length = 0;
    for (let k = 0; k < row.at.length; k++) {
      const place = places[row.at[k] ?? 0] ?? -1;
      if (place < 0) continue;
      at[length] = place;
      value[length++] = row.value[k] ?? 0;
    }
    return scale(at.slice(0, length), value.slice(0, length));
  };
}

const TEXTS: readonly Block[] = ['words_action', 'words_agent'];
const isText = (block: Block): boolean => TEXTS.includes(block);

/** A long text weighs no more than a short one: each block of text has length 1. */
function scaler(columns: readonly Column[]): (at: Int32Array, value: Float64Array) => SparseRow {
  const factors = Float64Array.from(columns, ({ factor }) => factor);
  const texts = Int8Array.from(columns, ({ block }) => TEXTS.indexOf(block));
  return (at, value) => {
    const squares = new Float64Array(TEXTS.length);
    for (let k = 0; k < at.length; k++) {
      const column = at[k] ?? 0;
      const scaled = (value[k] ?? 0) * (factors[column] ?? 0);
      value[k] = scaled;
      const text = texts[column] ?? -1;
      if (text >= 0) squares[text] = (squares[text] ?? 0) + scaled * scaled;
    }
    const lengths = squares.map((sum) => sqrt(sum) || 1);
    for (let k = 0; k < at.length; k++) {
      const text = texts[at[k] ?? 0] ?? -1;
      if (text >= 0) value[k] = (value[k] ?? 0) / (lengths[text] ?? 1);
    }
    return { at, value };
  };
}
