import type { EntityManager } from '@handoff/store';
import { calibrationDrift } from '../model/calibration-drift.js';
import type { LearningCase } from '../model/cases.js';
import { compareModels, type JudgedTwice } from '../model/compare-models.js';
import { describeMoment } from '../model/describe-moment.js';
import { textIn } from '../model/fields.js';
import { calibrationError } from '../model/metrics.js';
import { targetModel, type ModelFile } from '../model/model-file.js';
import { predictor } from '../model/predict.js';
import type { JudgedCase } from '../model/train-target.js';
import { judgedCases } from '../store/live-cases.js';
import { lastChampion, loadModel, modelIn, type ModelRow } from '../store/models.js';
import type { Judged } from './training-task.js';

/** The newest cases alone say how things are. */
const MOST_CASES = 2000;

type Say = (it: LearningCase) => number;

/** Both models on what came after they were made, by the same cases; nothing is changed here. */
export async function judgeModels(db: EntityManager): Promise<Judged> {
  const [challenger, champion] = [await modelIn(db, 'shadow'), await lastChampion(db)];
  const reigning = champion?.state === 'champion' ? champion : null;
  return {
    champion: champion && (await healthOf(db, champion)),
    challenger: challenger && (await comparisonOf(db, challenger, reigning)),
  };
}

async function healthOf(db: EntityManager, champion: ModelRow): Promise<Judged['champion']> {
  const say = sayer(await loadModel(db, champion.version));
  const judged = (await later(db, champion.learned_until)).map((it): JudgedCase => ({ group: it.group, p: say(it), isTrue: isTrue(it) }));
  return {
    version: champion.version,
    cases: judged.length,
    ece: judged.length === 0 ? null : calibrationError(judged),
    drift: calibrationDrift(judged),
  };
}

async function comparisonOf(db: EntityManager, challenger: ModelRow, champion: ModelRow | null): Promise<Judged['challenger']> {
  const file = await loadModel(db, challenger.version);
  const say = sayer(file);
  const before = champion ? sayer(await loadModel(db, champion.version)) : constantOf(file);
  const since = new Date(Math.max(challenger.learned_until.getTime(), champion?.learned_until.getTime() ?? 0));
  const pairs = (await later(db, since)).map((it): JudgedTwice => ({
    group: it.group,
    slice: textIn(it.moment.features, 'domain'),
    isTrue: isTrue(it),
    champion: before(it),
    challenger: say(it),
  }));
  return { version: challenger.version, against: champion?.version ?? null, comparison: compareModels(pairs) };
}

async function later(db: EntityManager, since: Date): Promise<readonly LearningCase[]> {
  const found: LearningCase[] = [];
  for await (const it of judgedCases(db, since)) {
    if (it.truths.fails_alone !== null) found.push(it);
    if (found.length === MOST_CASES) break;
  }
  return found;
}

const isTrue = ({ truths }: LearningCase): boolean => truths.fails_alone === true;

function sayer(file: ModelFile): Say {
  const part = file.targets.fails_alone;
  if (part === null) return constantOf(file);
  const predict = predictor(targetModel(part));
  return ({ moment }) => predict(describeMoment(moment));
}

/** What is to be beaten where nothing reigns: the share that failed among those that were learned from. */
function constantOf({ targets }: ModelFile): Say {
  const bins = targets.fails_alone?.calibration_table ?? [];
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const rate = n === 0 ? 0.5 : bins.reduce((sum, bin) => sum + bin.n * bin.came, 0) / n;
  return () => rate;
}
