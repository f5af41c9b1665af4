import { seededRandom, shuffled } from './random.js';

/** @returns for each case its fold. Whole groups, the large before the small into the emptiest fold; among those alike the seed's order. */
export function groupFolds(groups: Int32Array, folds: number, seed: number): Int32Array {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const filled = new Array<number>(folds).fill(0);
  const foldOf = new Map<number, number>();
  const order = [...shuffled([...sizes], seededRandom(seed))].sort((a, b) => magnitude(b[1]) - magnitude(a[1]));
  for (const [group, size] of order) {
    const fold = filled.indexOf(Math.min(...filled));
    foldOf.set(group, fold);
    filled[fold] = (filled[fold] ?? 0) + size;
  }
  return Int32Array.from(groups, (group) => foldOf.get(group) ?? 0);
}

const magnitude = (size: number): number => Math.floor(Math.log2(size));
