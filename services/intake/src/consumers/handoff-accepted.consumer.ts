import { Relearns, type Transaction } from '@handoff/bus';
import { handoffAccepted, type HandoffAccepted } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { RelearnAccepted } from '../store/relearn-accepted.js';

@Controller()
export class HandoffAcceptedConsumer {
  constructor(@Inject(RelearnAccepted) private readonly accepted: RelearnAccepted) {}

  /** What was accepted, and asked of it, before this schema was restored: it stays accepted, at the same instant. */
  @Relearns(handoffAccepted)
  async relearn(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    await this.accepted.relearn(tx, batch);
  }
}
