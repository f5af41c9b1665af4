import { Relearns, type Transaction } from '@handoff/bus';
import { handoffControls, type HandoffControl } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { relearnControls } from '../store/controls.js';

@Controller()
export class HandoffControlsConsumer {
  /** What was paused before this schema was restored still is, and the next change of it has a version that nobody has read yet. */
  @Relearns(handoffControls)
  async relearn(batch: readonly HandoffControl[], tx: Transaction): Promise<void> {
    await relearnControls(tx, batch);
  }
}
