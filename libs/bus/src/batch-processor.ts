import { setTimeout as sleep } from 'node:timers/promises';
import { deriveId, fault, sha256, TOPICS, type Fault, type Topic } from '@handoff/contracts';
import { isConnectionFault, retryDelay, rows } from '@handoff/store';
import { SpanKind, SpanStatusCodes, startSpan, traceparentOf, withSpan, type Logger, type Span } from '@handoff/telemetry';
import { batchRecords, batchSeconds, recordsConsumed, recordsDeadLettered, recordsSkipped } from './bus.metrics.js';
import {
  lockOffsets,
  moveOffsets,
  OffsetMovedError,
  partitionKey,
  standingOf,
  type FetchedPartition,
  type Standing,
} from './consumed-offsets.js';
import { decodeEvent, faultText } from './decode-record.js';
import { intoRounds } from './into-rounds.js';
import type { InboundRecord, KafkaRecord } from './kafka-record.js';
import type { Cause, Transaction, Transactions } from './transaction.js';

export type Handler = (batch: readonly object[], tx: Transaction) => Promise<void>;

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

type Item = { readonly record: KafkaRecord; readonly cause: Cause; readonly span: Span } & (
  { readonly kind: 'take'; readonly payload: object; readonly handoffId: string | null } | { readonly kind: 'dead'; readonly fault: Fault }
);

/** Lone failures in a row with one error after which the error is taken for ours, not the messages'. */
const MOST_LONE_FAILURES = 5;
const RETRY_CEILING_SECONDS = 5;
const TOPIC_BY_NAME = new Map<string, Topic>(TOPICS.map((topic) => [topic.topic, topic]));

export interface ProcessorOptions {
  readonly group: string;
  readonly service: string;
  readonly transactions: Transactions;
  readonly handlers: ReadonlyMap<string, Handler>;
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

  /** @returns partitions that must be read again from an earlier offset; their records were left alone */
  async process(poll: Poll, acceptGap: (partition: FetchedPartition, next: bigint) => boolean): Promise<readonly SeekBack[]> {
    const stop = batchSeconds.startTimer();
    const items = poll.records.map((record) => this.open(record));
    const behind = new Map<string, SeekBack>();
    try {
      await withSpan(
        `process ${this.options.group}`,
        { parent: null, kind: SpanKind.INTERNAL, attributes: { 'messaging.batch.message_count': items.length } },
        () => this.attempt(items, { poll, behind, acceptGap }),
      );
    } finally {
      for (const { span } of items) span.end();
    }
    batchRecords.observe(items.length);
    stop();
    return [...behind.values()];
  }

  private open(record: KafkaRecord): Item {
    const topic = TOPIC_BY_NAME.get(record.topic);
    const attributes = {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.destination.name': record.topic,
      'messaging.destination.partition.id': String(record.partition),
      'messaging.kafka.offset': String(record.offset),
      'messaging.consumer.group.name': this.options.group,
    };
    const begin = (traceparent: string | null) =>
      startSpan(`process ${record.topic}`, { kind: SpanKind.CONSUMER, attributes, parent: traceparent });
    if (topic?.kind !== 'event') {
      const span = begin(headerText(record, 'traceparent'));
      const cause: Cause = {
        eventId: headerText(record, 'ce_id'),
        correlationId: headerText(record, 'correlationid'),
        traceparent: traceparentOf(span),
      };
      return { kind: 'take', record, cause, span, payload: { ...record, cause } satisfies InboundRecord, handoffId: null };
    }
    const decoded = decodeEvent(topic, record);
    if (decoded.kind === 'faults') {
      const span = begin(null);
      span.setStatus({ code: SpanStatusCodes.ERROR, message: faultText(decoded.faults) });
      const cause: Cause = { eventId: null, correlationId: null, traceparent: traceparentOf(span) };
      return { kind: 'dead', record, cause, span, fault: decoded.faults[0] ?? fault('', 'unreadable', 'The record cannot be read.') };
    }
    const { envelope, payload } = decoded.value;
    const span = begin(envelope.traceparent);
    const { handoff_id: handoffId } = payload as { handoff_id?: string };
    if (handoffId) span.setAttribute('handoff.id', handoffId);
    const cause: Cause = { eventId: envelope.id, correlationId: envelope.correlationid, traceparent: traceparentOf(span) };
    return { kind: 'take', record, cause, span, payload, handoffId: handoffId ?? null };
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
        const wait = retryDelay(tries, RETRY_CEILING_SECONDS);
        this.options.onPaused((error as Error).message);
        this.options.log.warn({ err: error, records: items.length, retry_in_seconds: wait }, 'Consuming is paused and tries again');
        await sleep(wait * 1000);
      }
    }
  }

  private async split(items: readonly Item[], run: Run, error: unknown): Promise<void> {
    this.options.log.warn({ err: error, records: items.length }, 'A batch failed; it is split to find the record');
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

  private bury(item: Item, error: unknown): Item {
    item.span.recordException(error as Error);
    return {
      kind: 'dead',
      record: item.record,
      cause: item.cause,
      span: item.span,
      fault: fault('', 'unreadable', `${(error as Error).name}: ${(error as Error).message}`),
    };
  }

  private async commit(items: readonly Item[], { poll, behind, acceptGap }: Run): Promise<void> {
    const causes = new Map(
      items.flatMap((item) => (item.kind === 'take' && item.handoffId ? [[item.handoffId, item.cause] as const] : [])),
    );
    const fresh: Item[] = [];
    await this.options.transactions.run(async (tx) => {
      const touched = poll.partitions.filter((it) => items.some(({ record }) => partitionKey(record) === partitionKey(it)));
      const known = await lockOffsets(tx.db, this.options.group, touched);
      const next = new Map<string, bigint>();
      for (const partition of touched) {
        const key = partitionKey(partition);
        const standing = standingOf(partition, known.get(key) ?? null);
        const from = this.startOf(partition, standing, acceptGap);
        if (from === null && standing.kind === 'behind')
          behind.set(key, { topic: partition.topic, partition: partition.partition, offset: standing.next });
        else next.set(key, from ?? partition.fetchedFrom);
      }
      fresh.push(...items.filter(({ record }) => record.offset >= (next.get(partitionKey(record)) ?? record.offset + 1n)));
      await this.handle(tx, fresh);
      await moveOffsets(tx.db, this.options.group, endsOf(fresh, known));
    }, causes);
    for (const { record } of items)
      (fresh.some((it) => it.record === record) ? recordsConsumed : recordsSkipped).inc({ topic: record.topic });
  }

  private startOf(partition: FetchedPartition, standing: Standing, acceptGap: Run['acceptGap']): bigint | null {
    switch (standing.kind) {
      case 'current':
        return standing.next;
      case 'recreated':
        this.options.log.error(
          { ...partition, fetchedFrom: String(partition.fetchedFrom), highWatermark: String(partition.highWatermark) },
          'The topic ends before what was consumed: it was recreated, and is read from its beginning',
        );
        return partition.fetchedFrom;
      case 'behind':
        return acceptGap(partition, standing.next) ? partition.fetchedFrom : null;
    }
  }

  private async handle(tx: Transaction, items: readonly Item[]): Promise<void> {
    for (const [topic, handler] of this.options.handlers) {
      const takes = items.filter((item) => item.kind === 'take' && item.record.topic === topic) as (Item & { kind: 'take' })[];
      for (const round of intoRounds(takes, ({ handoffId }) => handoffId))
        await handler(
          round.map(({ payload }) => payload),
          tx,
        );
    }
    const dead = items.filter((item) => item.kind === 'dead');
    if (dead.length > 0) await this.keepDead(tx, dead);
  }

  private async keepDead(tx: Transaction, dead: readonly (Item & { kind: 'dead' })[]): Promise<void> {
    for (const { record, fault: why } of dead) {
      recordsDeadLettered.inc({ topic: record.topic });
      this.options.log.error(
        { topic: record.topic, partition: record.partition, offset: String(record.offset), fault: why },
        'A record could not be taken; it is kept as a dead letter',
      );
      tx.publishDeadLetter(record, why.code, why.message);
      await rows(
        tx.db,
        `INSERT INTO dead_letters (id, topic, "partition", "offset", key, value, headers, error_code, error_message, died_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, handoff_now()) ON CONFLICT DO NOTHING`,
        [
          deadLetterId(record),
          record.topic,
          record.partition,
          String(record.offset),
          record.key,
          record.value,
          JSON.stringify(printable(record)),
          why.code,
          why.message,
        ],
      );
    }
  }
}

interface Run {
  readonly poll: Poll;
  readonly behind: Map<string, SeekBack>;
  readonly acceptGap: (partition: FetchedPartition, next: bigint) => boolean;
}

export class StoppedError extends Error {}

function endsOf(items: readonly Item[], known: ReadonlyMap<string, bigint>) {
  const ends = new Map<string, { topic: string; partition: number; from: bigint | null; to: bigint }>();
  for (const { record } of items) {
    const key = partitionKey(record);
    ends.set(key, { topic: record.topic, partition: record.partition, from: known.get(key) ?? null, to: record.offset + 1n });
  }
  return [...ends.values()];
}

const deadLetterId = (record: KafkaRecord): string =>
  deriveId(record.topic, record.partition, String(record.offset), record.timestamp, sha256(record.value ?? ''));

function headerText(record: KafkaRecord, name: string): string | null {
  const value = record.headers[name];
  return typeof value === 'string' || value instanceof Uint8Array ? value.toString() : null;
}

const printable = (record: KafkaRecord) =>
  Object.fromEntries(Object.entries(record.headers).map(([name, value]) => [name, String(value).replaceAll('\u0000', '�')]));
