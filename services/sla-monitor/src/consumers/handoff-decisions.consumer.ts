import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { followDecision } from '../domain/follow-decision.js';
import { SlaMonitorConfig, waitsOf } from '../sla-monitor.config.js';
import { followEvents } from './follow-events.js';

@Controller()
export class HandoffDecisionsConsumer {
  constructor(@Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig) {}

  @Consumes(handoffDecisions)
  async follow(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    await followEvents(tx, batch, waitsOf(this.config), followDecision);
  }
}
