import { inTransaction, isConnectionFault, rows, type DataSource } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import type { Producer } from 'kafkajs';
import { eventsRelayed } from './bus.metrics.js';
import { deleteRows, leftBehind } from './outbox.js';
import { sendRows } from './send-rows.js';

const LOOK_EVERY_MS = 1000;

/** Sends what a crash or an outage left in the outbox. One relay works per schema at a time, by advisory lock. */
export class OutboxRelay {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly producer: Producer,
    private readonly source: DataSource,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => {
      this.working = this.working.then(() => this.work());
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      while ((await this.relaySome()) > 0);
    } catch (error) {
      this.log[isConnectionFault(error) ? 'debug' : 'warn'](
        { err: error },
        'The relay could not send from the outbox; it tries again in a second',
      );
    }
  }

  private relaySome(): Promise<number> {
    return inTransaction(this.source, async (db) => {
      const [lock] = await rows<{ held: boolean }>(
        db,
        `SELECT pg_try_advisory_xact_lock(hashtextextended('handoff relay ' || current_schema(), 0)) AS held`,
      );
      if (!lock?.held) return 0;
      const left = await leftBehind(db);
      if (left.length === 0) return 0;
      await sendRows(this.producer, left);
      await deleteRows(
        db,
        left.map(({ id }) => id),
      );
      eventsRelayed.inc(left.length);
      this.log.info({ events: left.length }, 'Sent events that were left in the outbox');
      return left.length;
    });
  }
}
