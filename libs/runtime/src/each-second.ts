import type { Transaction, Transactions } from '@handoff/bus';
import { isConnectionFault } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import type { Background } from './start-service.js';

const LOOK_EVERY_MS = 1000;
const AT_ONCE = 200;

/** What is looked for each second, so many at once until there are fewer. */
export abstract class EachSecond implements Background {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  /** @param notDone what is said where it fails; it is tried again a second later */
  protected constructor(
    private readonly transactions: Transactions,
    private readonly log: Logger,
    private readonly notDone: string,
  ) {}

  /** @returns how many were there, of `limit` at most */
  protected abstract take(tx: Transaction, limit: number): Promise<number>;

  start(): void {
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.look());
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.working;
  }

  private async look(): Promise<void> {
    try {
      while ((await this.transactions.run((tx) => this.take(tx, AT_ONCE))) === AT_ONCE);
    } catch (error) {
      this.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error }, `${this.notDone}; trying again in a second`);
    }
  }
}
