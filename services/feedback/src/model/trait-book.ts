import type { Block, Trait } from './trait.js';
import type { SparseRow } from './vocabulary.js';

/** Each trait that was seen of many cases, named once: a case then holds numbers, and no text. */
export class TraitBook {
  private readonly seen: { readonly block: Block; readonly name: string }[] = [];
  private readonly numbers = new Map<string, number>();

  get size(): number {
    return this.seen.length;
  }

  get traits(): readonly { readonly block: Block; readonly name: string }[] {
    return this.seen;
  }

  numberOf(name: string): number | undefined {
    return this.numbers.get(name);
  }

  write(traits: readonly Trait[]): SparseRow {
    return { at: Int32Array.from(traits, (trait) => this.numberFor(trait)), value: Float64Array.from(traits, ({ value }) => value) };
  }

  private numberFor({ block, name }: Trait): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.seen.length);
    return this.seen.push({ block, name }) - 1;
  }
}
