import { CaseBookWriter } from './case-book.js';
import type { LearningCase, Moment } from './cases.js';
import { describeMoment } from './describe-moment.js';
import { knownOf } from './known.js';
import { predictor } from './predict.js';
import { seededRandom } from './random.js';
import { RECIPES } from './recipes.js';
import { TaskMemory } from './task-memory.js';
import { trainTarget } from './train-target.js';

export interface Prices {
  /** Of a task that failed as its agent went on alone. */
  readonly failure: number;
  /** Of a person's look: at one that was asked about, and at one that is audited. */
  readonly look: number;
}

export interface StreamAsked extends Prices {
  /** Share of those not asked about that are looked at afterwards. */
  readonly audit: number;
  readonly seed: number;
}

export interface Running {
  readonly cases: number;
  readonly asked: number;
  readonly audited: number;
  /** Those that went on alone and failed. */
  readonly failed: number;
  /** Per case so far. */
  readonly cost: number;
}

/** Learned again whenever what is known has doubled: often while little is known, seldom when it changes little. */
const FIRST_TRAINING = 100;

/**
 * Cases one by one, each advised before anything is heard of it. Heard is what came of those asked about, and of the audited share of the
 * others; the rest stays unknown for good. What was asked depends on what was seen alone, so rates by what was seen need no weights.
 */
export function* stream(cases: Iterable<LearningCase>, { failure, look, audit, seed }: StreamAsked): Generator<Running> {
  const random = seededRandom(seed);
  const learner = new Learner();
  let [count, asked, audited, failed] = [0, 0, 0, 0];
  for (const it of cases) {
    const isFailure = it.truths.fails_alone;
    if (isFailure === null) continue; // its agent handed over by itself: what would have happened is not known
    const asks = learner.say(it.moment) * failure >= look;
    const isAudited = !asks && random() < audit;
    count++;
    asked += Number(asks);
    audited += Number(isAudited);
    failed += Number(!asks && isFailure);
    if (asks || isAudited) learner.hear(it, isFailure);
    yield { cases: count, asked, audited, failed, cost: ((asked + audited) * look + failed * failure) / count };
  }
}

/**
 * What is not asked about is not heard of, so a task that looked safe by its first cases would look so for good. Asking a little more while it
 * is new costs looks, and repays them in the cases that follow. Source: "optimism", T. Lai, H. Robbins, 1985.
 */
const CURIOSITY = 0.2;

class Learner {
  private readonly heard = new CaseBookWriter();
  private readonly memory = new TaskMemory();
  private failures = 0;
  private nextTraining = FIRST_TRAINING;
  private model: ((moment: Moment) => number) | undefined;

  /** The probability that it fails, and a little more where the task is new. */
  say(moment: Moment): number {
    const p = this.model?.(moment) ?? (this.failures + 1) / (this.heard.cases.length + 2);
    return this.memory.say(moment, p) + CURIOSITY / Math.sqrt(this.memory.familiarity(moment) + 1);
  }

  hear(it: LearningCase, isFailure: boolean): void {
    this.heard.add(it);
    this.failures += Number(isFailure);
    this.memory.remember(it.moment, isFailure);
    if (this.heard.cases.length < this.nextTraining) return;
    this.nextTraining *= 2;
    const say = predictor(trainTarget(knownOf(this.heard, 'fails_alone'), RECIPES.fails_alone).model);
    this.model = (moment) => say(describeMoment(moment));
  }
}
