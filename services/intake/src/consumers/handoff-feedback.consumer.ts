import { Consumes, type Transaction } from '@handoff/bus';
import { handoffFeedback, type HandoffFeedback } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffFeedbackConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  @Consumes(handoffFeedback)
  async tell(batch: readonly HandoffFeedback[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (event) => ({ kind: 'feedback', feedback: event }));
  }
}
