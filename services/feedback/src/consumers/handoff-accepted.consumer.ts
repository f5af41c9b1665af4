import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAccepted, type HandoffAccepted } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepRecommendations, openExamples } from '../store/examples.js';
import { isAsking } from '../domain/is-asking.js';
import { giveFeedback } from './give-feedback.js';

@Controller()
export class HandoffAcceptedConsumer {
  @Consumes(handoffAccepted)
  async keep(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    const asked = batch.filter(isAsking);
    if (asked.length === 0) return;
    await Promise.all([openExamples(tx, asked), keepRecommendations(tx, asked), giveFeedback(tx, asked)]); // in this order, sent at once
  }
}
