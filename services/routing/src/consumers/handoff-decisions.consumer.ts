import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { applyDecision } from '../domain/apply-decision.js';
import { Boards } from '../store/boards.js';

@Controller()
export class HandoffDecisionsConsumer {
  constructor(@Inject(Boards) private readonly boards: Boards) {}

  @Consumes(handoffDecisions)
  async end(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    const board = await this.boards.forHandoffs(
      tx,
      batch.map(({ handoff_id }) => handoff_id),
    );
    for (const decision of batch) applyDecision(board, decision);
    await this.boards.record(tx, board);
  }
}
