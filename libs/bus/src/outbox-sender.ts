import type { Milliseconds } from '@handoff/contracts';
import type { DataSource } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import type { Producer } from 'kafkajs';
import { publishFailures, publishSeconds } from './bus.metrics.js';
import { killPoint } from './kill-point.js';
import { deleteRows, MAX_SEND_BYTES, type OutboxRow } from './outbox.js';
import { sendRows } from './send-rows.js';

/**
 * Sends what this process has just committed, in the order of the commits, and deletes the rows once Kafka has them. What it cannot
 * send it forgets: the rows are still there, and the relay picks them up.
 */
export class OutboxSender {
  private readonly waiting: { readonly row: OutboxRow; readonly since: Milliseconds }[] = [];
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
    const since = performance.now();
    this.waiting.push(...rows.map((row) => ({ row, since })));
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
      const taken = this.waiting.splice(0, howManyFit(this.waiting));
      const rows = taken.map(({ row }) => row);
      try {
        await sendRows(this.producer, rows);
        for (const { since } of taken) publishSeconds.observe((performance.now() - since) / 1000);
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

function howManyFit(waiting: readonly { readonly row: OutboxRow }[]): number {
  let bytes = 0;
  const over = waiting.findIndex(({ row }) => (bytes += (row.value?.length ?? 0) + 512) > MAX_SEND_BYTES);
  return over === -1 ? waiting.length : Math.max(1, over);
}
