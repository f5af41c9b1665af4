import type { CaseBook } from './case-book.js';
import type { Target } from './cases.js';
import { judgeable, knownOf, type Known } from './known.js';
import { metricsOf, type Judged, type Metrics } from './metrics.js';
import { targetModel, type ModelFile, type ModelPart } from './model-file.js';
import { bookPredictor } from './predict.js';
import type { JudgedCase } from './train-target.js';

export interface Evaluated extends Metrics {
  /** Share of the cases that go on alone below the certified cut; none where nothing is certified. */
  readonly alone_at_certified_10: number;
  /** Share of those that are wrong; 0 where there are none. */
  readonly error_at_certified_10: number;
  /** The same below the cut of the weaker promise, which is about `error_of_all`: those that go on alone and are wrong, of all cases. */
  readonly alone_at_controlled_10: number;
  readonly error_at_controlled_10: number;
  readonly error_of_all_at_controlled_10: number;
}

export const evaluate = (model: ModelFile, cases: CaseBook): Readonly<Record<Target, Evaluated | null>> => ({
  fails_alone: evaluated(model.targets.fails_alone, judgeable(knownOf(cases, 'fails_alone'))),
  action_wrong: evaluated(model.targets.action_wrong, judgeable(knownOf(cases, 'action_wrong'))),
});

function evaluated(part: ModelPart | null, known: Known): Evaluated | null {
  if (part === null) return null;
  const judged = judgedBy(part, known);
  const certified = judged.filter(({ p }) => p < (part.certified_10.cut ?? 0));
  const controlled = judged.filter(({ p }) => p < part.controlled_10);
  return {
    ...metricsOf(judged),
    alone_at_certified_10: certified.length / judged.length,
    error_at_certified_10: shareOfTrue(certified),
    alone_at_controlled_10: controlled.length / judged.length,
    error_at_controlled_10: shareOfTrue(controlled),
    error_of_all_at_controlled_10: (controlled.length * shareOfTrue(controlled)) / judged.length,
  };
}

export function judgedBy(part: ModelPart, { book, rows, groups, isTrue }: Known): readonly JudgedCase[] {
  const predict = bookPredictor(targetModel(part), book);
  return rows.map((it, at) => ({ p: predict(it), isTrue: isTrue[at] === 1, group: groups[at] ?? 0 }));
}

const shareOfTrue = (judged: readonly Judged[]): number =>
  judged.length === 0 ? 0 : judged.filter(({ isTrue }) => isTrue).length / judged.length;
