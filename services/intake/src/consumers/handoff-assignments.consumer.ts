import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAssignments, type HandoffAssignment } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { Answers } from '../store/answers.js';

@Controller()
export class HandoffAssignmentsConsumer {
  constructor(@Inject(Answers) private readonly answers: Answers) {}

  /** A waiting agent is woken: a person wants something of it. */
  @Consumes(handoffAssignments)
  async tell(batch: readonly HandoffAssignment[], tx: Transaction): Promise<void> {
    await this.answers.tell(tx, batch, (event) => ({ kind: 'assignment', assignment: event }));
  }
}
