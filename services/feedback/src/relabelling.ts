import { Transactions, type Transaction } from '@handoff/bus';
import { LOGGER, type Background, type Logger } from '@handoff/runtime';
import { isConnectionFault } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { giveFeedback } from './consumers/give-feedback.js';
import { findLabelledBefore } from './store/examples.js';

const AT_ONCE = 200;
const TRY_AGAIN_MS = 1000;

/** At a start, labels what earlier rules have labelled, so many at once, until all labels are of the rules of this release. */
@Injectable()
export class Relabelling implements Background {
  private working: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.working = this.relabel();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async relabel(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if ((await this.transactions.run((tx) => step(tx))) === 0) return;
      } catch (error) {
        this.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error }, 'Labels could not be made anew; trying again in a second');
        await sleep(TRY_AGAIN_MS, null, { signal }).catch(() => null);
      }
    }
  }
}

async function step(tx: Transaction): Promise<number> {
  const before = await findLabelledBefore(tx, AT_ONCE);
  return before.length === 0 ? 0 : giveFeedback(tx, before);
}
