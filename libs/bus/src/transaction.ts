import { deadLetterTopic, deriveId, newId, toHeaders, type EventTopic, type Fault } from '@handoff/contracts';
import { inTransaction, isRollback, rows, type DataSource, type EntityManager, type Statement } from '@handoff/store';
import { SpanKind, startSpan, traceparentOf } from '@handoff/telemetry';
import { insertionOf, type OutboxRow } from './outbox.js';
import type { Cause } from './cause.js';
import type { OutboxSender } from './outbox-sender.js';
import type { KafkaRecord } from './kafka-record.js';
import { killPoint } from './kill-point.js';
import { messagingAttributes } from './messaging-attributes.js';
import type { Seal } from './seal.js';
import { storable } from './storable.js';

export interface PublishOptions<Payload> {
  /** For events that no record of the batch led to; by default the batch's event of the same handoff. */
  readonly causeOf?: (event: Payload) => Cause | undefined;
  /** The parts that make the event what it is; by default its handoff and sequence. A repeat with the same parts is the same event. */
  readonly identityOf?: (event: Payload) => readonly (string | number)[];
  /** The record's key where the topic's own field names nobody. */
  readonly keyOf?: (event: Payload) => string | null;
}

/** A topic of ours, or one of agents' that a service writes as they do. */
export type Written<Payload extends object> = Pick<EventTopic<Payload>, 'topic' | 'type' | 'key'>;

export interface BusNames {
  readonly service: string;
  readonly topicPrefix: string;
  /** The consumer group, as a dead letter names it. */
  readonly group: string;
}

/** Everything that commits together: rows, consumed offsets, outgoing events, and the word to those who wait. */
export class Transaction {
  readonly outgoing: OutboxRow[] = [];
  /** What a handler says of records that it refuses by itself; a replay that is refused again is undone. */
  readonly refused: Fault[] = [];
  private causes: ReadonlyMap<string, Cause> = new Map();
  private readonly notified = new Map<string, Set<string>>();
  private readonly afterwards: (() => void)[] = [];

  constructor(
    readonly db: EntityManager,
    private readonly names: BusNames,
    readonly seal: Seal | null,
    /** What was asked for by `write`; whoever opened the transaction looks at it when that fails. */
    private readonly unawaited: Promise<unknown>[],
  ) {}

  rows<Row extends object>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.db, statement, parameters);
  }

  /** Sent at once, in its turn, and answered with the commit: a round trip less where nobody needs the answer. Its failure is the transaction's. */
  write(statement: string, parameters: readonly unknown[]): void {
    const written = this.rows(statement, parameters);
    written.catch(() => undefined); // told by the transaction's own failure
    this.unawaited.push(written);
  }

  /** From here on, what is published about these handoffs is because of these events. */
  becauseOf(events: readonly { readonly handoffId: string | null; readonly cause: Cause }[]): void {
    this.causes = new Map(events.flatMap(({ handoffId, cause }) => (handoffId === null ? [] : [[handoffId, cause]])));
  }

  /** What the batch's event of this handoff carried; to be kept where something about it happens hours later. */
  causeOf(handoffId: string): Cause | null {
    return this.causes.get(handoffId) ?? null;
  }

  /** Done once it has committed, and not at all if it does not: a batch that is tried again must not be counted twice. */
  afterCommit(work: () => void): void {
    this.afterwards.push(work);
  }

  /** Written with this transaction, sent right after it. */
  publish<Payload extends object>(topic: Written<Payload>, events: readonly Payload[], options: PublishOptions<Payload> = {}): void {
    for (const event of events) {
      const { handoff_id: handoffId, sequence } = event as { handoff_id?: string; sequence?: number };
      const value = JSON.stringify(event);
      const cause = options.causeOf?.(event) ?? this.causes.get(handoffId ?? '');
      const identity = options.identityOf?.(event) ?? (handoffId === undefined ? [value] : [handoffId, sequence ?? 0]);
      const id = deriveId(this.names.service, topic.topic, ...identity);
      const attributes = {
        ...messagingAttributes('create'),
        'messaging.destination.name': topic.topic,
        'messaging.message.id': id,
        ...(handoffId ? { 'handoff.id': handoffId } : {}),
      };
      // Made here, with all that it commits with; `sendRows` has a span for the sending, linked to it.
      const span = startSpan(`create ${topic.topic}`, {
        kind: SpanKind.PRODUCER,
        attributes,
        ...(cause ? { parent: cause.traceparent } : {}),
      });
      const key = options.keyOf ? options.keyOf(event) : event[topic.key];
      this.outgoing.push({
        id: newId(),
        topic: this.names.topicPrefix + topic.topic,
        key: typeof key === 'string' ? key : null,
        headers: toHeaders({
          id,
          type: topic.type,
          source: `handoff/${this.names.service}`,
          subject: handoffId ?? null,
          time: new Date().toISOString(),
          dataschema: null,
          correlationid: cause?.correlationId ?? handoffId ?? null,
          causationid: cause?.eventId ?? null,
          traceparent: traceparentOf(span),
        }),
        value,
        encoding: 'utf8',
      });
      span.end();
    }
  }

  /** The record beside the topic it came from, with Spring Kafka's headers. */
  publishDeadLetter(record: KafkaRecord, id: string, code: string, message: string): void {
    this.outgoing.push({
      id: newId(),
      topic: this.names.topicPrefix + deadLetterTopic(record.topic),
      key: record.key && storable(record.key.toString('utf8')),
      headers: {
        'kafka_dlt-original-topic': this.names.topicPrefix + record.topic,
        'kafka_dlt-original-partition': String(record.partition),
        'kafka_dlt-original-offset': String(record.offset),
        'kafka_dlt-original-timestamp': record.timestamp,
        'kafka_dlt-original-consumer-group': this.names.group,
        'kafka_dlt-exception-fqcn': code,
        'kafka_dlt-exception-message': storable(message.slice(0, 1000)),
        'handoff-dead-letter': id, // the row's
        'handoff-service': this.names.service,
      },
      value: record.value?.toString('base64') ?? null,
      encoding: 'base64',
    });
  }

  /** Tells every replica's waiting clients, once per transaction; see `Listener`. */
  notify(channel: string, payload: string): void {
    const payloads = this.notified.get(channel) ?? new Set();
    this.notified.set(channel, payloads.add(payload));
  }

  /** What commits with everything before it: the outbox, and the words. */
  last(): readonly Statement[] {
    const words = [...this.notified].map(([channel, payloads]) => ({ channel, payload: [...payloads].join(' ') }));
    // Postgres takes 8,000 bytes; an empty word means: look at everything.
    const fitting = words.map((word) => (word.payload.length < 7900 ? word : { ...word, payload: '' }));
    return insertionOf(this.outgoing, fitting);
  }

  committed(): void {
    for (const work of this.afterwards) work();
  }
}

const MOST_TRIES = 5;

/** Opens transactions whose events are sent as soon as they have committed. */
export class Transactions {
  constructor(
    private readonly source: DataSource,
    private readonly sender: OutboxSender,
    private readonly names: BusNames,
    private readonly seal: Seal | null = null,
  ) {}

  /** `work` may run more than once: of two transactions that wait for each other, Postgres ends one, and it is begun again. */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.runOnce(work);
      } catch (error) {
        if (tries >= MOST_TRIES || !isRollback(error)) throw error;
      }
    }
  }

  private async runOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const unawaited: Promise<unknown>[] = [];
    try {
      const [result, done] = await inTransaction(
        this.source,
        async (db) => {
          const tx = new Transaction(db, this.names, this.seal, unawaited);
          return [await work(tx), tx] as const;
        },
        ([, tx]) => {
          killPoint('before_commit');
          return tx.last();
        },
      );
      killPoint('after_commit');
      this.sender.send(done.outgoing);
      done.committed();
      return result;
    } catch (error) {
      throw await firstReason(unawaited, error);
    }
  }
}

/** Once a statement has failed, all that come after it fail for that reason alone, which is the one to be told. */
async function firstReason(unawaited: readonly Promise<unknown>[], error: unknown): Promise<unknown> {
  const failed = (await Promise.allSettled(unawaited)).find((it) => it.status === 'rejected');
  return failed ? failed.reason : error;
}
