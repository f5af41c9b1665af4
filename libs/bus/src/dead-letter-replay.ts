import { isConnectionFault } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import type { Handler } from './batch-processor.js';
import { deadLettersReplayed } from './bus.metrics.js';
import { claimDeadLetter, dismissDeadLetter, findDeadLetter, noteFailedReplay, recordOf } from './dead-letter-rows.js';
import type { KafkaRecord } from './kafka-record.js';
import { openRecord } from './open-record.js';
import { storable } from './storable.js';
import type { Transaction, Transactions } from './transaction.js';

/** What had been done with it before, so that nothing was done now. */
export type Settled =
  { readonly kind: 'already-replayed' | 'already-dismissed'; readonly at: Date; readonly by: string | null } | { readonly kind: 'unknown' };

export type Dismissal = { readonly kind: 'dismissed'; readonly at: Date } | Settled;

export type Replay =
  | { readonly kind: 'replayed'; readonly at: Date; readonly attempts: number }
  /** As before: nothing was changed but the count of attempts and the error. */
  | { readonly kind: 'failed'; readonly error: string; readonly attempts: number }
  | Settled;

export interface ReplayOptions {
  readonly group: string;
  readonly transactions: Transactions;
  readonly handlers: () => ReadonlyMap<string, Handler>;
  readonly log: Logger;
}

/**
 * Hands a dead record to its handler once more, on the same bytes. That the row counts as replayed, the handler's changes and its
 * events are one transaction: a crash at any moment leaves either all of it or none, and of two at once the second waits and is told.
 */
export class DeadLetterReplay {
  constructor(private readonly options: ReplayOptions) {}

  /**
   * @param by who asks for it; kept with the row
   * @throws what is wrong around it, such as a lost connection; nothing is changed then, and no attempt counted
   */
  async replay(id: string, by: string): Promise<Replay> {
    const { transactions, log } = this.options;
    try {
      return await transactions.run((tx) => this.take(tx, id, by));
    } catch (error) {
      if (isConnectionFault(error)) throw error;
      log.warn({ err: error, dead_letter_id: id, by }, 'A dead letter could not be replayed; it is kept as it was');
      return await transactions.run((tx) => failed(tx, id, by, storable(`${(error as Error).name}: ${(error as Error).message}`)));
    }
  }

  /** It is not to be replayed: it waits no more, and nobody counts it. Its bytes stay for as long as those of a replayed one. */
  async dismiss(id: string, by: string): Promise<Dismissal> {
    return this.options.transactions.run(async (tx) => {
      const at = await dismissDeadLetter(tx, id, by);
      if (!at) return settled(tx, id);
      tx.afterCommit(() => this.options.log.info({ dead_letter_id: id, by }, 'A dead letter was dismissed'));
      return { kind: 'dismissed', at };
    });
  }

  private async take(tx: Transaction, id: string, by: string): Promise<Replay> {
    const row = await claimDeadLetter(tx, id, by);
    if (!row?.replayed_at) return settled(tx, id);
    await this.handle(tx, recordOf(row, tx.seal));
    tx.afterCommit(() => {
      deadLettersReplayed.inc({ outcome: 'replayed' });
      this.options.log.info({ dead_letter_id: id, topic: row.topic, by }, 'A dead letter was replayed');
    });
    return { kind: 'replayed', at: row.replayed_at, attempts: row.attempts };
  }

  /** As the consumer would: opened by the same rules, with its cause, alone in its batch. */
  private async handle(tx: Transaction, record: KafkaRecord): Promise<void> {
    const item = openRecord(record, this.options.group);
    try {
      if (item.kind === 'dead') throw new StillDeadError(item.fault);
      const handler = this.options.handlers().get(record.topic);
      if (!handler) throw new StillDeadError({ code: 'no_handler', message: `This release does not read ${record.topic}.` });
      tx.becauseOf([item]);
      await handler([item.payload], tx);
      const [refusal] = tx.refused;
      if (refusal) throw new StillDeadError(refusal);
    } finally {
      item.span.end();
    }
  }
}

/** Undoes the replay's transaction: what is wrong with the record is still wrong with it. */
class StillDeadError extends Error {
  override readonly name = 'StillDead';
  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super(`${code}: ${message}`);
  }
}

async function failed(tx: Transaction, id: string, by: string, error: string): Promise<Replay> {
  const attempts = await noteFailedReplay(tx, id, by, error);
  if (attempts === null) return settled(tx, id);
  tx.afterCommit(() => deadLettersReplayed.inc({ outcome: 'failed' }));
  return { kind: 'failed', error, attempts };
}

async function settled(tx: Transaction, id: string): Promise<Settled> {
  const row = await findDeadLetter(tx.db, id);
  if (!row?.replayed_at) return { kind: 'unknown' };
  return { kind: row.dismissed ? 'already-dismissed' : 'already-replayed', at: row.replayed_at, by: row.attempted_by };
}
