import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDirectory, type DirectoryEntry } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepShares } from '../store/audits.js';

@Controller()
export class HandoffDirectoryConsumer {
  /** Policies say which share of what agents do alone people are to look at. */
  @Consumes(handoffDirectory)
  async learn(batch: readonly DirectoryEntry[], tx: Transaction): Promise<void> {
    const policies = batch.filter(({ entry }) => entry === 'policy');
    if (policies.length > 0) await keepShares(tx, policies);
  }
}
