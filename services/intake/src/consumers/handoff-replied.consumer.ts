import { Relearns, type Transaction } from '@handoff/bus';
import { handoffReplied, type HandoffReplied } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffRepliedConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  /** What agents replied before this schema was restored is said: read again from their topic, it is not said once more. */
  @Relearns(handoffReplied)
  async relearn(batch: readonly HandoffReplied[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (reply) => ({ kind: 'replied', reply }));
  }
}
