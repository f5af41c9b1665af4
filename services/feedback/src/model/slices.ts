import type { Known } from './known.js';
import { metricsOf, type Metrics } from './metrics.js';
import type { JudgedCase } from './train-target.js';
import type { Trait } from './trait.js';

export interface Slice extends Metrics {
  readonly slice: string;
  readonly groups: number;
  readonly came: number;
  readonly said: number;
}

/** Fewer say nothing of a slice. */
export const FEWEST_OF_A_SLICE = 30;

export const domainSlice = (domain: string): string => `domain ${domain}`;

/** By where it was and which model acted, those with enough cases, the largest first. */
export function slicesOf(judged: readonly JudgedCase[], { book, rows }: Known): readonly Slice[] {
  const slices = new Map<string, JudgedCase[]>();
  judged.forEach((it, at) => {
    for (const number of rows[at]?.at ?? []) {
      const trait = book.traits[number];
      if (trait && isSlice(trait)) own(slices, trait.name).push(it);
    }
  });
  return [...slices]
    .filter(([, cases]) => cases.length >= FEWEST_OF_A_SLICE)
    .map(([slice, cases]) => ({
      slice,
      groups: new Set(cases.map(({ group }) => group)).size,
      ...metricsOf(cases),
      said: meanOf(cases, ({ p }) => p),
      came: meanOf(cases, ({ isTrue }) => Number(isTrue)),
    }))
    .sort((a, b) => b.n - a.n);
}

const isSlice = ({ block, name }: Pick<Trait, 'block' | 'name'>): boolean => block === 'where' || name.startsWith('model ');

function own(slices: Map<string, JudgedCase[]>, name: string): JudgedCase[] {
  const found = slices.get(name) ?? [];
  slices.set(name, found);
  return found;
}

const meanOf = (judged: readonly JudgedCase[], of: (it: JudgedCase) => number): number =>
  judged.reduce((sum, it) => sum + of(it), 0) / judged.length;
