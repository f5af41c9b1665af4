import { Relearns, type Transaction } from '@handoff/bus';
import { handoffAssignments, OFFER_EVENTS, type HandoffAssignment } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { recallAllTold } from '../store/recall-assignments.js';

@Controller()
export class HandoffAssignmentsConsumer {
  /** What agents were told when this schema was restored they know; notifier's words on the same topic are notifier's to relearn. */
  @Relearns(handoffAssignments)
  async relearn(batch: readonly HandoffAssignment[], tx: Transaction): Promise<void> {
    await recallAllTold(tx, batch.filter(isRoutings));
  }
}

const ROUTINGS: ReadonlySet<string> = new Set(OFFER_EVENTS);

const isRoutings = ({ event }: HandoffAssignment): boolean => ROUTINGS.has(event);
