import { Relearns, type Transaction } from '@handoff/bus';
import { handoffNotified, type HandoffNotified } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { withNotified } from '../domain/relearn-item.js';
import { keepTold } from '../store/notifications.js';
import { relearnItems } from '../store/relearn-items.js';

@Controller()
export class HandoffNotifiedConsumer {
  /** Who was told before this schema was restored is not told again. */
  @Relearns(handoffNotified)
  async relearn(batch: readonly HandoffNotified[], tx: Transaction): Promise<void> {
    await relearnItems(tx, batch, withNotified);
    await keepTold(tx, batch);
  }
}
