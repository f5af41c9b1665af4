import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAgents, type HandoffAgent } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepAgents } from '../store/agents.js';

@Controller()
export class HandoffAgentsConsumer {
  /** What agents can do, and until when they are counted on, decides who is offered what from now on; what one has stays with it. */
  @Consumes(handoffAgents)
  async know(batch: readonly HandoffAgent[], tx: Transaction): Promise<void> {
    await keepAgents(tx, batch);
  }
}
