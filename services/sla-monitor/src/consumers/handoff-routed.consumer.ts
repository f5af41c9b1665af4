import { Consumes, type Transaction } from '@handoff/bus';
import { handoffRouted, type HandoffRouted } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { followRouted } from '../domain/follow-routed.js';
import { SlaMonitorConfig, waitsOf } from '../sla-monitor.config.js';
import { followEvents } from './follow-events.js';

@Controller()
export class HandoffRoutedConsumer {
  constructor(@Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig) {}

  @Consumes(handoffRouted)
  async follow(batch: readonly HandoffRouted[], tx: Transaction): Promise<void> {
    await followEvents(tx, batch, waitsOf(this.config), followRouted);
  }
}
