import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAssignments, type HandoffAssignment } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { keepOffers } from '../store/offers.js';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffAssignmentsConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  /** A waiting agent is woken: a person wants something of it, or a task is offered to it. */
  @Consumes(handoffAssignments)
  async tell(batch: readonly HandoffAssignment[], tx: Transaction): Promise<void> {
    const moved = await keepOffers(tx, batch);
    await this.answers.tell(tx, batch, (assignment) => {
      const hasMoved = assignment.offer_id ? moved.has(assignment.offer_id) : false;
      return { kind: 'assignment', assignment, hasMoved };
    });
  }
}
