import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAccepted, type HandoffAccepted } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { accept } from '../domain/accept.js';
import { Boards } from '../store/boards.js';

@Controller()
export class HandoffAcceptedConsumer {
  constructor(@Inject(Boards) private readonly boards: Boards) {}

  /** A fold over the batch, in the order of acceptance: of two that ask for the same, the second finds the first. */
  @Consumes(handoffAccepted)
  async route(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    const board = await this.boards.forArrivals(tx, batch);
    for (const accepted of inOrder(batch)) accept(board, accepted);
    await this.boards.record(tx, board);
  }
}

function inOrder(batch: readonly HandoffAccepted[]): readonly HandoffAccepted[] {
  return batch.toSorted((a, b) => Date.parse(a.accepted_at) - Date.parse(b.accepted_at) || a.handoff_id.localeCompare(b.handoff_id));
}
