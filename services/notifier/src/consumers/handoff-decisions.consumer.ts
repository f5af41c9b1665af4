import { Relearns, type Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { withDecision } from '../domain/relearn-item.js';
import { keepDecisions } from '../store/decisions.js';
import { relearnItems } from '../store/relearn-items.js';

@Controller()
export class HandoffDecisionsConsumer {
  /** What was decided before this schema was restored is decided: nobody is asked again, and no second answer counts. */
  @Relearns(handoffDecisions)
  async relearn(batch: readonly HandoffDecision[], tx: Transaction): Promise<void> {
    const forgotten = await relearnItems(tx, batch, withDecision);
    if (forgotten.length === 0) return;
    await keepDecisions(
      tx,
      forgotten.map(({ event }) => event),
    );
  }
}
