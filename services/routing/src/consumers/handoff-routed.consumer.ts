import { Relearns, type Transaction } from '@handoff/bus';
import { handoffRouted, type HandoffRouted } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { recallAllSaid } from '../store/recall-assignments.js';

@Controller()
export class HandoffRoutedConsumer {
  /** Whose turn it was when this schema was restored is whose turn it is: no agent is chosen anew, and no number is given twice. */
  @Relearns(handoffRouted)
  async relearn(batch: readonly HandoffRouted[], tx: Transaction): Promise<void> {
    await recallAllSaid(tx, batch);
  }
}
