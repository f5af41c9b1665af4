import { split } from './cross-fit.js';
import { groupFolds } from './group-folds.js';
import { pick, type Known } from './known.js';
import { predictor } from './predict.js';
import type { Recipe } from './recipes.js';
import { trainTarget, type JudgedCase } from './train-target.js';

/** What would be said of tasks never seen: all of training, its calibration included, is done again without each fold of groups. */
export function crossValidate(known: Known, recipe: Recipe, folds: number, seed: number): readonly JudgedCase[] {
  const fold = groupFolds(known.groups, folds, seed);
  const judged = new Map<number, JudgedCase>();
  for (let left = 0; left < folds; left++) {
    const { inside, outside } = split(fold, left);
    const predict = predictor(trainTarget(pick(known, inside), recipe).model);
    for (const at of outside)
      judged.set(at, { p: predict(known.traits[at] ?? []), isTrue: known.isTrue[at] === 1, group: known.groups[at] ?? '' });
  }
  return known.groups.flatMap((_, at) => judged.get(at) ?? []);
}
