import { Consumes, type Transaction } from '@handoff/bus';
import { handoffMoves, type HandoffMove } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { applyMove, concernsRouting } from '../domain/apply-move.js';
import { Boards } from '../store/boards.js';

@Controller()
export class HandoffMovesConsumer {
  constructor(@Inject(Boards) private readonly boards: Boards) {}

  /** A person has passed it on, or made it more urgent. */
  @Consumes(handoffMoves)
  async pass(batch: readonly HandoffMove[], tx: Transaction): Promise<void> {
    const moves = batch.filter(concernsRouting);
    if (moves.length === 0) return;
    const board = await this.boards.forHandoffs(
      tx,
      moves.map(({ handoff_id }) => handoff_id),
    );
    for (const move of moves) applyMove(board, move);
    await this.boards.record(tx, board);
  }
}
