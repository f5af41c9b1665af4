import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAccepted, type HandoffAccepted } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { followAccepted } from '../domain/follow-accepted.js';
import { SlaMonitorConfig, waitsOf } from '../sla-monitor.config.js';
import { followEvents } from './follow-events.js';

@Controller()
export class HandoffAcceptedConsumer {
  constructor(@Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig) {}

  @Consumes(handoffAccepted)
  async follow(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    await followEvents(tx, batch, waitsOf(this.config), followAccepted);
  }
}
