import { calibrate, calibrated, type Calibration } from './calibrate.js';
import { crossFit, type Splitting } from './cross-fit.js';
import { fit } from './fit.js';
import { effectiveCases } from './fit-members.js';
import type { Linear } from './fit-ridge.js';
import type { Known } from './known.js';
import type { Judged } from './metrics.js';
import type { Recipe } from './recipes.js';
import type { Column } from './vocabulary.js';

/** One target's model: what is seen, what it is worth, and how far that is to be believed. */
export interface TargetModel {
  readonly recipe: string;
  readonly columns: readonly Column[];
  readonly linear: Linear;
  readonly calibration: Calibration;
}

export type JudgedCase = Judged & { readonly group: string | number };

export interface Trained {
  readonly model: TargetModel;
  /** The cases that it was learned from, each as said by models that saw nothing of its group. */
  readonly crossFitted: readonly JudgedCase[];
}

/** One split is a draw of lots where groups are few; where they are many, halves say the same in a sixth of the time. */
const FEW: readonly Splitting[] = [1, 2, 3].map((seed) => ({ folds: 5, seed }));
const MANY: readonly Splitting[] = [{ folds: 2, seed: 1 }];
const MANY_GROUPS = 500;

/** The same cases give the same model. */
export function trainTarget(known: Known, recipe: Recipe): Trained {
  const splittings = new Set(known.groups).size < MANY_GROUPS ? FEW : MANY;
  const margins = splittings.map((it) => crossFit(known, recipe, it));
  const effective = effectiveCases(known.groups).map((it, at) => (it * (known.weights[at] ?? 1)) / splittings.length);
  const repeat = (values: ArrayLike<number>): Float64Array => Float64Array.from(margins.flatMap(() => Array.from(values)));
  const calibration = calibrate(Float64Array.from(margins.flatMap((it) => [...it])), repeat(known.isTrue), repeat(effective));
  const { columns, linear } = fit(known, recipe);
  return { model: { recipe: recipe.name, columns, linear, calibration }, crossFitted: judge(known, margins[0], calibration) };
}

const judge = ({ groups, isTrue }: Known, margins: Float64Array | undefined, calibration: Calibration): readonly JudgedCase[] =>
  Array.from(groups, (group, at) => ({ group, p: calibrated(calibration, margins?.[at] ?? 0), isTrue: isTrue[at] === 1 }));
