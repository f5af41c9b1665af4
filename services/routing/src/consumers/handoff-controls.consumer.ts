import { Consumes, type Transaction } from '@handoff/bus';
import { handoffControls, type HandoffControl } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepPauses } from '../store/paused-teams.js';

@Controller()
export class HandoffControlsConsumer {
  /** A paused team's turn is passed over from now on, and a paused agent is offered nothing; what they have stays with them. */
  @Consumes(handoffControls)
  async pause(batch: readonly HandoffControl[], tx: Transaction): Promise<void> {
    await keepPauses(
      tx,
      batch.filter(({ control }) => control !== 'channel'),
    );
  }
}
