import { calibratedBand, groupBootstrap, type Interval } from './bootstrap.js';
import type { CaseBook } from './case-book.js';
import type { Target } from './cases.js';
import { judgedBy } from './evaluate.js';
import { judgeable, knownOf } from './known.js';
import { binsOf, metricsOf, surprise, type Bin, type Metrics } from './metrics.js';
import type { ModelFile } from './model-file.js';
import { RECIPES, WHO_ALONE } from './recipes.js';
import { slicesOf, type Slice } from './slices.js';
import { trainTarget, type JudgedCase } from './train-target.js';

export interface Point {
  /** Share of the cases that go on alone, those that seem safest first. */
  readonly alone: number;
  /** Share of these that are wrong. */
  readonly error: number;
  /** Per case, at a failure of 1 and a look of 0.2. */
  readonly cost: number;
}

export interface TargetFigures {
  readonly target: Target;
  readonly metrics: Metrics;
  readonly ece_band: number;
  /** Log-loss less that of the rates by who acts, on the same cases; null where a model is judged on data that it has not learned from. */
  readonly gain: Interval | null;
  readonly log_loss: Interval;
  readonly reliability: readonly Bin[];
  readonly coverage: readonly Point[];
  readonly slices: readonly Slice[];
}

export const LOOK = 0.2;

/** Of a model on cases that it has not learned from; or, without one, of models that saw nothing of a case's group. */
export function figuresOf(target: Target, cases: CaseBook, model?: ModelFile): TargetFigures {
  const known = judgeable(knownOf(cases, target));
  const part = model?.targets[target];
  const judged = part ? judgedBy(part, known) : trainTarget(known, RECIPES[target]).crossFitted;
  return {
    target,
    metrics: metricsOf(judged),
    ece_band: calibratedBand(judged),
    gain: part ? null : gainOver(trainTarget(known, WHO_ALONE).crossFitted, judged),
    log_loss: groupBootstrap(judged.map((it) => ({ group: it.group, value: surprise(it) }))),
    reliability: binsOf(judged),
    coverage: coverageOf(judged),
    slices: slicesOf(judged, known),
  };
}

const gainOver = (rates: readonly JudgedCase[], judged: readonly JudgedCase[]): Interval =>
  groupBootstrap(judged.map((it, at) => ({ group: it.group, value: surprise(it) - surprise(rates[at] ?? it) })));

/** At every fiftieth of the cases. */
export function coverageOf(judged: readonly JudgedCase[]): readonly Point[] {
  const safest = [...judged].sort((a, b) => a.p - b.p);
  return Array.from({ length: 51 }, (_, at) => {
    const alone = Math.round((at / 50) * safest.length);
    const wrong = safest.slice(0, alone).filter(({ isTrue }) => isTrue).length;
    return {
      alone: alone / safest.length,
      error: alone === 0 ? 0 : wrong / alone,
      cost: (wrong + LOOK * (safest.length - alone)) / safest.length,
    };
  });
}
