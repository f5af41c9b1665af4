import { createHash } from 'node:crypto';
import type { CaseBook } from './case-book.js';
import type { Target } from './cases.js';
import { certify } from './certify.js';
import { controlRisk } from './control-risk.js';
import { judgeableAt, knownOf, pick } from './known.js';
import { binsOf, metricsOf } from './metrics.js';
import { FORMAT, type ModelFile, type ModelPart } from './model-file.js';
import { RECIPES } from './recipes.js';
import { riskCoverage } from './risk-coverage.js';
import { slicesOf } from './slices.js';
import { trainTarget } from './train-target.js';

/** What this code makes of the same data; raised with every change of features, recipes or fitting. */
const CODE_VERSION = '3';
/** Certificates are for one wrong in ten, and wrong themselves in one of ten at most. */
const CERTIFIED = { risk: 0.1, delta: 0.1 } as const;

/** The same cases in the same order give the same file, to the byte. */
export function trainModel(learned: CaseBook): ModelFile {
  const { cases } = learned;
  const sha256 = createHash('sha256')
    .update(JSON.stringify(cases.map(({ id, truths }) => [id, truths])))
    .digest('hex');
  return {
    format: FORMAT,
    version: `${CODE_VERSION}-${sha256.slice(0, 12)}`,
    code_version: CODE_VERSION,
    data: {
      sha256,
      cases: cases.length,
      groups: new Set(cases.map(({ group }) => group)).size,
      first: cases.at(0)?.id ?? '',
      last: cases.at(-1)?.id ?? '',
    },
    targets: { fails_alone: partOf(learned, 'fails_alone'), action_wrong: partOf(learned, 'action_wrong') },
  };
}

/** Fewer cannot be split into folds that tell anything. */
const FEWEST_CASES = 50;

function partOf(learned: CaseBook, target: Target): ModelPart | null {
  const known = knownOf(learned, target);
  const shown = judgeableAt(known);
  if (shown.length < FEWEST_CASES) return null;
  const trained = trainTarget(known, RECIPES[target]);
  const crossFitted = shown.flatMap((at) => trained.crossFitted[at] ?? []);
  const { model } = trained;
  return {
    ...model,
    linear: { base: model.linear.base, effects: [...model.linear.effects] },
    cross_fitted: metricsOf(crossFitted),
    calibration_table: binsOf(crossFitted),
    slices: slicesOf(crossFitted, pick(known, shown)),
    risk_coverage: riskCoverage(crossFitted),
    certified_10: certify(crossFitted, CERTIFIED.risk, CERTIFIED.delta),
    controlled_10: controlRisk(crossFitted, CERTIFIED.risk),
  };
}
