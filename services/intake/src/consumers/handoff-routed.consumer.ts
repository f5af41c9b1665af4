import { Consumes, type Transaction } from '@handoff/bus';
import { handoffRouted, type HandoffRouted } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { withRouted } from '../domain/progress.js';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffRoutedConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  @Consumes(handoffRouted)
  async tell(batch: readonly HandoffRouted[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (event) => ({ kind: 'progress', change: (progress) => withRouted(progress, event) }));
  }
}
