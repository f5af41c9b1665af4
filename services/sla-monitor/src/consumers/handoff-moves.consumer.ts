import { Consumes, type Transaction } from '@handoff/bus';
import { handoffMoves, type HandoffMove } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { followMove } from '../domain/follow-move.js';
import { SlaMonitorConfig, waitsOf } from '../sla-monitor.config.js';
import { followEvents } from './follow-events.js';

@Controller()
export class HandoffMovesConsumer {
  constructor(@Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig) {}

  @Consumes(handoffMoves)
  async follow(batch: readonly HandoffMove[], tx: Transaction): Promise<void> {
    await followEvents(tx, batch, waitsOf(this.config), followMove);
  }
}
