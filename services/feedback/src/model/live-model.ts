import type { CaseBook } from './case-book.js';
import { TARGETS, timeOf, type Target } from './cases.js';
import { judgedBy } from './evaluate.js';
import { judgeable, knownOf } from './known.js';
import { binsOf, metricsOf, type Bin, type Metrics } from './metrics.js';
import type { ModelFile } from './model-file.js';
import type { RiskLine } from './risk-coverage.js';
import { slicesOf, type Slice } from './slices.js';
import { trainModel } from './train-model.js';

/** How well it tells what came after everything that it was learned from. */
export interface TargetFigures {
  readonly cross_fitted: Metrics;
  readonly later: Metrics | null;
  readonly later_slices: readonly Slice[];
  readonly calibration_table: readonly Bin[];
  readonly slices: readonly Slice[];
  readonly risk_coverage: readonly RiskLine[];
}

export interface LiveModel {
  readonly model: ModelFile;
  readonly figures: Readonly<Record<Target, TargetFigures | null>>;
  readonly from: Date;
  readonly until: Date;
}

/** Of the cases in the order in which they came: those that are learned from. What came later shows how well. */
const LEARNED = 0.8;

/** Learned from the earlier cases and judged on the later ones, of which none is of a group that was learned from. */
export function trainLive({ book, cases }: CaseBook): LiveModel {
  const ordered = [...cases].sort((a, b) => timeOf(a) - timeOf(b));
  const learned = ordered.slice(0, Math.ceil(LEARNED * ordered.length));
  const groups = new Set(learned.map(({ group }) => group));
  const later = ordered.slice(learned.length).filter(({ group }) => !groups.has(group));
  const model = trainModel({ book, cases: learned });
  const figures = TARGETS.map((target) => [target, figuresOf(model, target, { book, cases: later })] as const);
  return {
    model,
    figures: Object.fromEntries(figures) as LiveModel['figures'], // of every target
    from: new Date(timeOf(learned.at(0))),
    until: new Date(timeOf(learned.at(-1))),
  };
}

function figuresOf({ targets }: ModelFile, target: Target, later: CaseBook): TargetFigures | null {
  const part = targets[target];
  if (part === null) return null;
  const known = judgeable(knownOf(later, target));
  const judged = judgedBy(part, known);
  const { cross_fitted, slices, risk_coverage } = part;
  const isJudged = judged.length > 0;
  return {
    cross_fitted,
    later: isJudged ? metricsOf(judged) : null,
    later_slices: isJudged ? slicesOf(judged, known) : [],
    calibration_table: isJudged ? binsOf(judged) : part.calibration_table,
    slices,
    risk_coverage,
  };
}
