import { Consumes, type Transaction } from '@handoff/bus';
import { handoffReplied, type HandoffReplied } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { applyReply, concernsRouting } from '../domain/give/apply-reply.js';
import { Boards } from '../store/boards.js';

@Controller()
export class HandoffRepliedConsumer {
  constructor(@Inject(Boards) private readonly boards: Boards) {}

  /** An agent takes what it was offered, or gives it back. */
  @Consumes(handoffReplied)
  async hand(batch: readonly HandoffReplied[], tx: Transaction): Promise<void> {
    const replies = batch.filter(concernsRouting);
    if (replies.length === 0) return;
    const board = await this.boards.forHandoffs(
      tx,
      replies.map(({ handoff_id }) => handoff_id),
    );
    for (const reply of replies) applyReply(board, reply);
    await this.boards.record(tx, board);
  }
}
