import { setTimeout as sleep } from 'node:timers/promises';
import type { HandoffId } from '@handoff/contracts';
import { isConnectionFault, retryDelay } from '@handoff/store';
import { linkTo, noteFailure, SpanKind, traceparentOf, withSpan, type Logger, type Span } from '@handoff/telemetry';
import { batchFailures, batchRecords, batchSeconds, handlerSeconds, recordsConsumed, recordsSkipped } from './bus.metrics.js';
import {
  lockOffsets,
  moveOffsets,
  OffsetMovedError,
  partitionKey,
  standingOf,
  type FetchedPartition,
  type Standing,
} from './consumed-offsets.js';
import { keepDeadLetters } from './dead-letters.js';
import { intoRounds } from './into-rounds.js';
import type { KafkaRecord } from './kafka-record.js';
import { messagingAttributes } from './messaging-attributes.js';
import { openRecord, type Dead, type Item, type Takeable } from './open-record.js';
import type { Transaction, Transactions } from './transaction.js';

export type Handler = (batch: readonly object[], tx: Transaction) => Promise<void>;
/** Locks what a batch of several topics is about, in one order, before the first of its handlers. */
export type LockFirst = (tx: Transaction, handoffIds: readonly HandoffId[]) => Promise<unknown>;

/** What one poll brought, over all its partitions. */
export interface Poll {
  readonly records: readonly KafkaRecord[];
  readonly partitions: readonly FetchedPartition[];
}

export interface SeekBack {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** Lone failures in a row with one error after which the error is taken for ours, not the messages'. */
const MOST_LONE_FAILURES = 5;
const RETRY_CEILING_SECONDS = 5;

export interface ProcessorOptions {
  readonly group: string;
  readonly service: string;
  readonly transactions: Transactions;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly lockFirst?: LockFirst | undefined;
  readonly log: Logger;
  /** Told when work waits for something to come back, and when it goes on. */
  readonly onPaused: (reason: string | null) => void;
  readonly stopped: () => boolean;
}

/**
 * Takes a poll's records into effect, once: offsets, changes of state and outgoing events in one transaction. A failing batch is
 * split until the culprit is alone; that one is dead-lettered. A fault of the infrastructure is waited out.
 */
export class BatchProcessor {
  private loneFailures = 0;
  private lastLoneFailure = '';

  constructor(private readonly options: ProcessorOptions) {}

  /** @returns partitions that must be read again, from there; their records were left alone */
  async process(poll: Poll, isSure: Run['isSure']): Promise<readonly SeekBack[]> {
    const { group } = this.options;
    const began = performance.now();
    const behind = new Map<string, SeekBack>();
    const attributes = {
      ...messagingAttributes('process'),
      'messaging.consumer.group.name': group,
      'messaging.batch.message_count': poll.records.length,
    };
    await withSpan(`process ${group}`, { parent: null, kind: SpanKind.CONSUMER, attributes }, async (batch) => {
      const items = poll.records.map((record) => openRecord(record, group, batch));
      batch.addLinks(items.flatMap(({ cause }) => linkTo(cause.traceparent)));
      try {
        await this.attempt(items, { poll, behind, isSure, batch });
      } finally {
        for (const { span } of items) span.end();
      }
      batchSeconds.observeFor(traceparentOf(batch), {}, (performance.now() - began) / 1000);
    });
    batchRecords.observe(poll.records.length);
    return [...behind.values()];
  }

  private async attempt(items: readonly Item[], run: Run): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (this.options.stopped()) throw new StoppedError();
      try {
        await this.commit(items, run);
        if (tries > 1) this.options.onPaused(null);
        if (items.some(({ kind }) => kind === 'take')) this.loneFailures = 0;
        return;
      } catch (error) {
        if (error instanceof OffsetMovedError) continue;
        const [lone] = items;
        if (!isConnectionFault(error)) {
          if (items.length > 1 || lone === undefined) return await this.split(items, run, error);
          if (this.mayDie(error)) return await this.attempt([this.bury(lone, error)], run);
        }
        this.note(error, run, 'waited');
        const wait = retryDelay(tries, RETRY_CEILING_SECONDS);
        this.options.onPaused((error as Error).message);
        this.options.log.warn({ err: error, records: items.length, retry_in_seconds: wait }, 'Consuming is paused and tries again');
        await sleep(wait * 1000);
      }
    }
  }

  private async split(items: readonly Item[], run: Run, error: unknown): Promise<void> {
    this.options.log.warn({ err: error, records: items.length }, 'A batch failed; it is split to find the record');
    this.note(error, run, 'split');
    const half = Math.ceil(items.length / 2);
    await this.attempt(items.slice(0, half), run);
    await this.attempt(items.slice(half), run);
  }

  /** The same error again and again on our own topics means that we are broken, not five messages in a row. */
  private mayDie(error: unknown): boolean {
    const text = `${(error as Error).name}: ${(error as Error).message}`;
    this.loneFailures = text === this.lastLoneFailure ? this.loneFailures + 1 : 1;
    this.lastLoneFailure = text;
    return this.loneFailures <= MOST_LONE_FAILURES;
  }

  private note(error: unknown, { batch }: Run, then: 'waited' | 'split'): void {
    batchFailures.inc({ then });
    const attributes = { 'messaging.consumer.group.name': this.options.group, 'handoff.then': then };
    noteFailure('fail batch', error, { links: linkTo(traceparentOf(batch)), attributes });
  }

  private bury({ record, cause, span }: Item, error: unknown): Dead {
    const fault = { code: 'handler_failed', message: `${(error as Error).name}: ${(error as Error).message}` };
    span.recordException(error as Error);
    const attributes = { 'messaging.consumer.group.name': this.options.group, 'messaging.destination.name': record.topic };
    noteFailure(`bury ${record.topic}`, error, { links: linkTo(cause.traceparent), attributes });
    return { kind: 'dead', record, cause, span, fault };
  }

  private async commit(items: readonly Item[], { poll, behind, isSure }: Run): Promise<void> {
    const touched = poll.partitions.filter((it) => items.some(({ record }) => partitionKey(record) === partitionKey(it)));
    const fresh = await this.options.transactions.run(async (tx) => {
      const known = await lockOffsets(tx.db, this.options.group, touched);
      const next = new Map<string, bigint>();
      for (const partition of touched) {
        const key = partitionKey(partition);
        const standing = standingOf(partition, known.get(key) ?? null);
        if (standing.kind === 'current') next.set(key, standing.next);
        else if (isSure(partition, standing.next)) next.set(key, this.startAnew(partition, standing));
        else behind.set(key, { ...partition, offset: standing.kind === 'behind' ? standing.next : partition.fetchedFrom });
      }
      const taken = items.filter(({ record }) => record.offset >= (next.get(partitionKey(record)) ?? record.offset + 1n));
      const moved = moveOffsets(tx.db, this.options.group, endsOf(taken, known)); // goes out with the handlers' first statement
      moved.catch(() => undefined);
      await this.handle(tx, taken);
      await moved;
      return new Set(taken);
    });
    for (const item of items) (fresh.has(item) ? recordsConsumed : recordsSkipped).inc({ topic: item.record.topic });
  }

  /** What was consumed, and what there is, do not meet: from here on it is what there is. */
  private startAnew(partition: FetchedPartition, { kind, next }: Standing): bigint {
    const { fetchedFrom, highWatermark } = partition;
    if (kind === 'recreated' || next > 0n)
      this.options.log.error(
        { ...partition, fetchedFrom: String(fetchedFrom), highWatermark: String(highWatermark), consumed: String(next) },
        kind === 'recreated'
          ? 'The topic ends before what was consumed: it was recreated, and is read from its beginning'
          : 'Records were removed before they were consumed; going on behind the gap',
      );
    return fetchedFrom;
  }

  private async handle(tx: Transaction, items: readonly Item[]): Promise<void> {
    const calls = callsOf(items, this.options.handlers);
    if (new Set(calls.map(({ topic }) => topic)).size > 1) await this.options.lockFirst?.(tx, handoffsOf(calls));
    for (const { topic, handler, round } of calls) {
      tx.becauseOf(round);
      const stop = handlerSeconds.startTimer({ topic });
      await handler(
        round.map(({ payload }) => payload),
        tx,
      ).finally(stop);
    }
    await keepDeadLetters(
      tx,
      items.filter((item) => item.kind === 'dead'),
      this.options.log,
    );
  }
}

interface Run {
  readonly poll: Poll;
  readonly behind: Map<string, SeekBack>;
  /** Of a fetch that does not meet what was consumed: whether the one before it did not either. Else it is made once more. */
  readonly isSure: (partition: FetchedPartition, next: bigint) => boolean;
  /** Of the whole poll. */
  readonly batch: Span;
}

export class StoppedError extends Error {}

interface Call {
  readonly topic: string;
  readonly handler: Handler;
  readonly round: readonly Takeable[];
}

const callsOf = (items: readonly Item[], handlers: ReadonlyMap<string, Handler>): readonly Call[] =>
  [...handlers].flatMap(([topic, handler]) => {
    const takeable = items.filter((item): item is Takeable => item.kind === 'take' && item.record.topic === topic);
    return intoRounds(takeable, ({ handoffId }) => handoffId).map((round) => ({ topic, handler, round }));
  });

const handoffsOf = (calls: readonly Call[]): readonly HandoffId[] => [
  ...new Set(calls.flatMap(({ round }) => round.flatMap(({ handoffId }) => handoffId ?? []))),
];

function endsOf(items: readonly Item[], known: ReadonlyMap<string, bigint>) {
  const ends = new Map<string, { topic: string; partition: number; from: bigint | null; to: bigint }>();
  for (const { record } of items) {
    const key = partitionKey(record);
    ends.set(key, { topic: record.topic, partition: record.partition, from: known.get(key) ?? null, to: record.offset + 1n });
  }
  return [...ends.values()];
}
