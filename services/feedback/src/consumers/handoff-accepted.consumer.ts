import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAccepted, type HandoffAccepted } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepRecommendations, openExamples } from '../store/examples.js';
import { giveFeedback } from './give-feedback.js';

@Controller()
export class HandoffAcceptedConsumer {
  @Consumes(handoffAccepted)
  async keep(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    await Promise.all([openExamples(tx, batch), keepRecommendations(tx, batch), giveFeedback(tx, batch)]); // in this order, sent at once
  }
}
