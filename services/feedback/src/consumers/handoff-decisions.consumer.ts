import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepDecisions, openExamples } from '../store/examples.js';
import { giveFeedback } from './give-feedback.js';

@Controller()
export class HandoffDecisionsConsumer {
  @Consumes(handoffDecisions)
  async keep(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    await Promise.all([openExamples(tx, batch), keepDecisions(tx, batch), giveFeedback(tx, batch)]); // in this order, sent at once
  }
}
