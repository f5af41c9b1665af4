import { Consumes, type Transaction } from '@handoff/bus';
import { handoffNotified, type HandoffNotified } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { withNotified } from '../domain/progress.js';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffNotifiedConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  @Consumes(handoffNotified)
  async tell(batch: readonly HandoffNotified[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (event) => ({ kind: 'progress', change: (progress) => withNotified(progress, event) }));
  }
}
