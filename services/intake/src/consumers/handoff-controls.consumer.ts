import { Consumes, type Transaction } from '@handoff/bus';
import { handoffControls, type HandoffControl } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { Allowances } from '../store/allowances.js';

@Controller()
export class HandoffControlsConsumer {
  constructor(@Inject(Allowances) private readonly allowances: Allowances) {}

  /** People pause agents; what a paused agent hands off is refused until then, in the statement that takes its allowance anyway. */
  @Consumes(handoffControls)
  async pause(batch: readonly HandoffControl[], tx: Transaction): Promise<void> {
    await this.allowances.pause(
      tx,
      batch.filter(({ control }) => control === 'agent'),
    );
  }
}
