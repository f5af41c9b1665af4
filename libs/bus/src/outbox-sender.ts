import type { DataSource } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import type { Producer } from 'kafkajs';
import { publishFailures } from './bus.metrics.js';
import { killPoint } from './kill-point.js';
import { deleteRows, MAX_SEND_BYTES, type OutboxRow } from './outbox.js';
import { sendRows } from './send-rows.js';

/**
 * Sends what this process has just committed, in the order of the commits, and deletes the rows once Kafka has them. What it cannot
 * send it forgets: the rows are still there, and the relay picks them up.
 */
export class OutboxSender {
  private readonly waiting: OutboxRow[] = [];
  private sending: Promise<void> | null = null;
  private readonly deleting = new Set<Promise<void>>();

  constructor(
    private readonly producer: Producer,
    private readonly source: DataSource,
    private readonly log: Logger,
  ) {}

  /** Returns at once; call it after the commit. */
  send(rows: readonly OutboxRow[]): void {
    if (rows.length === 0) return;
    this.waiting.push(...rows);
    this.sending ??= this.drain();
  }

  /** Resolves when everything handed over so far was sent or left to the relay. */
  async settled(): Promise<void> {
    while (this.sending) await this.sending;
    await Promise.all(this.deleting);
  }

  /** What is sent next does not wait for it. */
  private forget(rows: readonly OutboxRow[]): void {
    const ids = rows.map(({ id }) => id);
    const deleted: Promise<void> = deleteRows(this.source.manager, ids)
      .catch((error: unknown) =>
        this.log.warn({ err: error, events: ids.length }, 'Events that were sent are in the outbox still; the relay sends them again'),
      )
      .finally(() => this.deleting.delete(deleted));
    this.deleting.add(deleted);
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const rows = this.waiting.splice(0, howManyFit(this.waiting));
      try {
        await sendRows(this.producer, rows);
        killPoint('after_send');
        this.forget(rows);
      } catch (error) {
        publishFailures.inc();
        this.log.warn({ err: error, events: rows.length }, 'Events could not be sent now; the relay sends them from the outbox');
      }
    }
    this.sending = null;
  }
}

function howManyFit(rows: readonly OutboxRow[]): number {
  let bytes = 0;
  const over = rows.findIndex((row) => (bytes += (row.value?.length ?? 0) + 512) > MAX_SEND_BYTES);
  return over === -1 ? rows.length : Math.max(1, over);
}
