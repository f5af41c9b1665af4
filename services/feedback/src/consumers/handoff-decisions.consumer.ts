import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepDecisions, openExamples } from '../store/examples.js';
import { giveFeedback } from './give-feedback.js';

@Controller()
export class HandoffDecisionsConsumer {
  @Consumes(handoffDecisions)
  async keep(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    await openExamples(tx, batch);
    await keepDecisions(tx, batch);
    await giveFeedback(tx, batch);
  }
}
