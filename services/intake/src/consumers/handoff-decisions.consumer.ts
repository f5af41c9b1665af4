import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffDecisionsConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  @Consumes(handoffDecisions)
  async tell(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (event) => ({ kind: 'decision', decision: event }));
  }
}
