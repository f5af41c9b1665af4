import { split } from './cross-fit.js';
import { groupFolds } from './group-folds.js';
import { pick, type Known } from './known.js';
import { bookPredictor } from './predict.js';
import type { Recipe } from './recipes.js';
import { trainTarget, type JudgedCase } from './train-target.js';

/** What would be said of tasks never seen: all of training, its calibration included, is done again without each fold of groups. */
export function crossValidate(known: Known, recipe: Recipe, folds: number, seed: number): readonly JudgedCase[] {
  const fold = groupFolds(known.groups, folds, seed);
  const judged = new Map<number, JudgedCase>();
  for (let left = 0; left < folds; left++) {
    const { inside, outside } = split(fold, left);
    const predict = bookPredictor(trainTarget(pick(known, inside), recipe).model, known.book);
    for (const at of outside) {
      const row = known.rows[at];
      if (row) judged.set(at, { p: predict(row), isTrue: known.isTrue[at] === 1, group: known.groups[at] ?? 0 });
    }
  }
  return known.rows.flatMap((_, at) => judged.get(at) ?? []);
}
