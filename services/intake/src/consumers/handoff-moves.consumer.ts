import { Consumes, type Transaction } from '@handoff/bus';
import { handoffMoves, type HandoffMove } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { withMove } from '../domain/progress.js';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffMovesConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  @Consumes(handoffMoves)
  async tell(batch: readonly HandoffMove[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (event) => ({ kind: 'progress', change: (progress) => withMove(progress, event) }));
  }
}
