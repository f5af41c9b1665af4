import { Consumes, type Transaction } from '@handoff/bus';
import { handoffDirectory, type DirectoryEntry } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { keepEntries } from '../store/directory.js';

@Controller()
export class HandoffDirectoryConsumer {
  @Consumes(handoffDirectory)
  async learn(batch: readonly DirectoryEntry[], tx: Transaction): Promise<void> {
    await keepEntries(tx, batch);
  }
}
