import { Consumes, type Transaction } from '@handoff/bus';
import { handoffClock, type HandoffClock } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { applyClock, concernsRouting } from '../domain/apply-clock.js';
import { Boards } from '../store/boards.js';

@Controller()
export class HandoffClockConsumer {
  constructor(@Inject(Boards) private readonly boards: Boards) {}

  @Consumes(handoffClock)
  async move(batch: readonly HandoffClock[], tx: Transaction): Promise<void> {
    const clocks = batch.filter(concernsRouting);
    if (clocks.length === 0) return;
    const board = await this.boards.forHandoffs(
      tx,
      clocks.map(({ handoff_id }) => handoff_id),
    );
    for (const clock of clocks) applyClock(board, clock);
    await this.boards.record(tx, board);
  }
}
