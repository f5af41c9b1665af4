import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepDecisions, openExamples } from '../store/examples.js';
import { isAsking } from '../domain/is-asking.js';
import { giveFeedback } from './give-feedback.js';

@Controller()
export class HandoffDecisionsConsumer {
  @Consumes(handoffDecisions)
  async keep(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    const asked = batch.filter(isAsking);
    if (asked.length === 0) return;
    await Promise.all([openExamples(tx, asked), keepDecisions(tx, asked), giveFeedback(tx, asked)]); // in this order, sent at once
  }
}
