import { Consumes, type Transaction } from '@handoff/bus';
import { handoffReplied, type HandoffReplied } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { followReplied } from '../domain/follow-agent.js';
import { SlaMonitorConfig, waitsOf } from '../sla-monitor.config.js';
import { followEvents } from './follow-events.js';

@Controller()
export class HandoffRepliedConsumer {
  constructor(@Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig) {}

  @Consumes(handoffReplied)
  async follow(batch: readonly HandoffReplied[], tx: Transaction): Promise<void> {
    await followEvents(tx, batch, waitsOf(this.config), followReplied);
  }
}
