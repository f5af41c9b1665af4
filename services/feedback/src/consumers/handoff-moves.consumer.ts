import { Consumes, type Transaction } from '@handoff/bus';
import { handoffMoves, type HandoffMove } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepRatings, openExamples } from '../store/examples.js';
import { keepDone } from '../store/outcomes.js';
import { giveFeedback } from './give-feedback.js';
import { linkOrWait } from './take-outcomes.js';

@Controller()
export class HandoffMovesConsumer {
  /** Somebody says after the decision whether the agent should have handled it itself, or that a task that was taken over is done. */
  @Consumes(handoffMoves)
  async keep(batch: readonly HandoffMove[], tx: Transaction): Promise<void> {
    const done = batch.filter(({ event }) => event === 'done');
    if (done.length > 0) await linkOrWait(tx, await keepDone(tx, done));
    const ratings = batch.filter(({ event }) => event === 'rate');
    if (ratings.length === 0) return;
    await Promise.all([openExamples(tx, ratings), keepRatings(tx, ratings), giveFeedback(tx, ratings)]); // in this order, sent at once
  }
}
