import { Relearns, type Transaction } from '@handoff/bus';
import { handoffMoves, type HandoffMove } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { withMove } from '../domain/relearn-item.js';
import { keepMoves } from '../store/moves.js';
import { climbLadder, holdLadder } from '../store/notifications.js';
import { relearnItems } from '../store/relearn-items.js';

@Controller()
export class HandoffMovesConsumer {
  /** What people did before this schema was restored is done: who was on it still is, and the thread has every word. */
  @Relearns(handoffMoves)
  async relearn(batch: readonly HandoffMove[], tx: Transaction): Promise<void> {
    const forgotten = await relearnItems(tx, batch, withMove);
    await keepMoves(tx, batch);
    await holdLadder(
      tx,
      forgotten
        .filter(({ item, event }) => event.event === 'acknowledge' && item.acknowledgedAt === event.moved_at)
        .map(({ item }) => item.handoffId),
    );
    await climbLadder(
      tx,
      forgotten
        .filter(({ event }) => event.event === 'release')
        .map(({ event: { handoff_id: handoffId, level, cycle } }) => ({ handoffId, level, cycle })),
    );
  }
}
