import { setTimeout as sleep } from 'node:timers/promises';
import { retryDelay } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import { BatchProcessor, StoppedError, type Handler, type LockFirst } from './batch-processor.js';
import { consumerPaused } from './bus.metrics.js';
import { ASSIGNERS } from './by-partition.js';
import { lockOffsets, partitionKey, type FetchedPartition } from './consumed-offsets.js';
import type { KafkaRecord } from './kafka-record.js';
import { toRecord } from './kafka-record.js';
import { Gatherer } from './gatherer.js';
import { InHand } from './in-hand.js';
import { isOutOfReach } from './is-out-of-reach.js';
import { keepBeating } from './keep-beating.js';
import { killPoint } from './kill-point.js';
import type { Transactions } from './transaction.js';

const CLOSE_MS = 5000;
const ANSWERS_WITHIN_MS = 3000;
/** Less than a session: a member that is not heard of for a whole one is taken for gone. */
const SILENT_MS = 4000;

export interface BusOptions {
  readonly kafka: Kafka;
  readonly group: string;
  readonly service: string;
  readonly topicPrefix: string;
  readonly transactions: Transactions;
  readonly log: Logger;
  readonly lockFirst?: LockFirst | undefined;
  /** Milliseconds behind each batch; see `rest`. */
  readonly restMs: number;
  /** A consumer that kafkajs will not restart is dead while its process lives on; this ends the process. */
  readonly onDead: (error: Error) => void;
}

/** Consumes by whole polls: Nest's handlers on kafkajs's `eachBatch`, merged over all partitions into one transaction. */
export class HandoffBus extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly inHand = new InHand();
  private readonly consumer: Consumer;
  /** Partitions whose last fetch did not meet what was consumed, and what that was. */
  private readonly doubted = new Map<string, bigint>();
  private stopping = false;
  private joined = false;
  private pausedBecause: string | null = null;
  private lastHeartbeatAt = 0;
  /** Since when a batch is being worked on. */
  private busySince: number | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: BusOptions) {
    super();
    this.consumer = options.kafka.consumer({
      groupId: options.group,
      allowAutoTopicCreation: false,
      partitionAssigners: ASSIGNERS,
      // How long the group waits for a member that was killed, or for its former self once the broker is back; as little as brokers
      // take. Ours beat every second, whatever a batch waits for.
      sessionTimeout: 6000,
      heartbeatInterval: 1000,
      // A fetch returns at its first byte, so waiting long costs nothing and saves empty polls.
      maxWaitTimeInMs: 1000,
      maxBytes: 4 * 1024 * 1024,
      retry: { initialRetryTime: 200, maxRetryTime: 1000, retries: 10, restartOnFailure: async () => !this.stopping },
    });
  }

  /** Returns at once; consuming begins when Kafka is there, however long that takes. */
  override listen(callback: () => void): void {
    const { GROUP_JOIN, CRASH, HEARTBEAT, STOP, DISCONNECT, REBALANCING } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, ({ payload }) => {
      this.joined = true;
      this.lastHeartbeatAt = Date.now();
      this.doubted.clear();
      void this.seekToConsumed(payload.memberAssignment);
    });
    this.consumer.on(HEARTBEAT, () => (this.lastHeartbeatAt = Date.now()));
    for (const event of [STOP, DISCONNECT, REBALANCING]) this.consumer.on(event, () => (this.joined = false));
    this.consumer.on(CRASH, ({ payload: { restart, error } }) => {
      this.joined = false;
      if (restart || this.stopping) return;
      if (isOutOfReach(error)) this.running = this.run(1);
      else this.options.onDead(error);
    });
    if (this.handlers('consumed').size > 0) this.lastHeartbeatAt = Date.now();
    this.running = this.run(0);
    callback();
  }

  async close(): Promise<void> {
    this.stopping = true;
    // kafkajs does not give up a join that is under way; the group forgets this member by itself.
    await Promise.race([this.consumer.disconnect().then(() => this.running), sleep(CLOSE_MS, undefined, { ref: false })]).catch(
      () => undefined,
    );
  }

  /** Null when the group is joined and nothing waits; else why not. */
  notReadyBecause(): string | null {
    if (!this.joined) return `not a member of the consumer group "${this.options.group}"`;
    const silent = this.sinceHeartbeat();
    if (silent > SILENT_MS) return `the coordinator of "${this.options.group}" has not answered for ${Math.round(silent / 1000)} s`;
    return this.pausedBecause && `consuming is paused: ${this.pausedBecause}`;
  }

  /**
   * How long the loop of fetches has not gone round, in milliseconds; 0 while it is known what it waits for. A batch heartbeats while it is
   * worked on, so those beats do not count.
   */
  stillFor(): number {
    if (this.stopping || this.pausedBecause !== null || this.lastHeartbeatAt === 0) return 0;
    return Date.now() - (this.busySince ?? this.lastHeartbeatAt);
  }

  /** Whether the group's coordinator answers another than the consumer. */
  async coordinatorAnswers(): Promise<boolean> {
    const admin = this.options.kafka.admin({ retry: { retries: 0 } });
    const asked = admin.connect().then(() => admin.describeGroups([this.options.group]));
    try {
      return await Promise.race([asked.then(() => true), sleep(ANSWERS_WITHIN_MS, false, { ref: false })]);
    } catch {
      return false;
    } finally {
      void asked.catch(() => undefined).then(() => admin.disconnect().catch(() => undefined));
    }
  }

  /** Milliseconds since the group's coordinator last heard of this member. */
  private sinceHeartbeat(): number {
    return Date.now() - this.lastHeartbeatAt;
  }

  override on(): never {
    throw new Error('The bus has no events of its own; use notReadyBecause().');
  }

  override unwrap<T>(): T {
    return this.consumer as T;
  }

  /** @param failures so many attempts before this one have failed, so it waits first */
  private async run(failures: number): Promise<void> {
    const handlers = this.handlers('consumed');
    if (handlers.size === 0) return;
    const processor = new BatchProcessor({
      ...this.options,
      handlers,
      stopped: () => this.stopping,
      onPaused: (reason) => {
        this.pausedBecause = reason;
        this.busySince &&= Date.now();
        consumerPaused.set(reason === null ? 0 : 1);
      },
    });
    const gatherer = new Gatherer<EachBatchPayload>(async (payloads) => {
      await this.take(processor, payloads);
      return payloads.map(() => () => undefined);
    });
    for (let attempt = failures; !this.stopping; attempt++) {
      await sleep(attempt === 0 ? 0 : retryDelay(attempt, 5) * 1000);
      try {
        await this.join(handlers.keys(), (payload) => gatherer.add(payload));
        return;
      } catch (error) {
        this.options.log.warn({ err: error, attempt }, 'Kafka is out of reach; trying again');
      }
    }
  }

  private async join(topics: Iterable<string>, eachBatch: (payload: EachBatchPayload) => Promise<void>): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics].map((topic) => this.options.topicPrefix + topic), fromBeginning: true });
    await this.consumer.run({
      eachBatchAutoResolve: false,
      autoCommitInterval: 5000,
      partitionsConsumedConcurrently: 1000, // all of a poll at once, so that they can be gathered
      eachBatch,
    });
  }

  private async take(processor: BatchProcessor, payloads: readonly EachBatchPayload[]): Promise<void> {
    const beating = keepBeating(payloads);
    this.busySince = Date.now();
    try {
      const poll = { records: payloads.flatMap((it) => this.recordsOf(it)), partitions: payloads.map((it) => this.fetchedOf(it)) };
      this.inHand.begin(poll.records);
      const doubts = new Map<string, bigint>();
      const behind = await processor.process(poll, (partition, next) => {
        doubts.set(partitionKey(partition), next);
        return this.doubted.get(partitionKey(partition)) === next;
      });
      this.keepDoubts(poll.partitions, doubts);
      killPoint('before_offset');
      for (const { topic, partition, offset } of behind)
        this.consumer.seek({ topic: this.options.topicPrefix + topic, partition, offset: String(offset) });
      const left = new Set(behind.map(partitionKey));
      for (const payload of payloads)
        if (!left.has(partitionKey(this.fetchedOf(payload)))) payload.resolveOffset(payload.batch.lastOffset());
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
    } finally {
      this.busySince = null;
      this.inHand.end();
      await beating.stop();
    }
    await payloads[0]?.commitOffsetsIfNecessary(); // for lag tools; nothing is read from there
    await this.rest();
  }

  /**
   * What arrives meanwhile comes with the next poll in one: a batch costs about as much as ten records do, so under load this decides
   * how many share it. The first record after a quiet moment is taken at once.
   */
  private async rest(): Promise<void> {
    if (this.options.restMs > 0 && !this.stopping) await sleep(this.options.restMs);
  }

  /**
   * Goes on where the schema says, not where Kafka's committed offset does. Records that come before this took hold are judged by
   * `standingOf`; without it a partition on which nothing new arrives would never be read again after a restore.
   */
  private async seekToConsumed(assignment: Readonly<Record<string, readonly number[]>>): Promise<void> {
    const { topicPrefix, group, transactions, log } = this.options;
    const partitions = Object.entries(assignment).flatMap(([topic, numbers]) =>
      numbers.map((partition) => ({ topic: topic.slice(topicPrefix.length), partition })),
    );
    try {
      const known = await transactions.run((tx) => lockOffsets(tx.db, group, partitions));
      for (const { topic, partition } of partitions)
        this.consumer.seek({ topic: topicPrefix + topic, partition, offset: String(known.get(partitionKey({ topic, partition })) ?? 0n) });
    } catch (error) {
      log.warn({ err: error }, 'The consumed offsets could not be read on assignment; each batch is judged by itself');
    }
  }

  /**
   * A fetch that does not meet what was consumed is made once more before it is believed. If it began above, the records in between may be
   * there; if it saw an end below, it may be from before a fellow of this group went further. Twice means that they are gone (retention,
   * compaction), or that the topic was recreated.
   */
  private keepDoubts(partitions: readonly FetchedPartition[], doubts: ReadonlyMap<string, bigint>): void {
    for (const key of partitions.map(partitionKey)) {
      const doubt = doubts.get(key);
      if (doubt === undefined) this.doubted.delete(key);
      else this.doubted.set(key, doubt);
    }
  }

  private recordsOf({ batch }: EachBatchPayload): KafkaRecord[] {
    return batch.messages.map((message) => toRecord(batch.topic.slice(this.options.topicPrefix.length), batch.partition, message));
  }

  private fetchedOf({ batch }: EachBatchPayload): FetchedPartition {
    // kafkajs keeps what it asked for on the batch; the typings leave it out.
    const { fetchedOffset } = batch as typeof batch & { readonly fetchedOffset: string | number };
    return {
      topic: batch.topic.slice(this.options.topicPrefix.length),
      partition: batch.partition,
      fetchedFrom: BigInt(String(fetchedOffset)),
      highWatermark: BigInt(batch.highWatermark),
    };
  }

  /** In the order in which the service's module names its consumers; see `Consumes` and `Relearns`. */
  handlers(of: 'consumed' | 'relearned' | 'all' = 'all'): ReadonlyMap<string, Handler> {
    return new Map(
      [...this.messageHandlers]
        .filter(([, { extras }]) => of === 'all' || (of === 'relearned') === (extras?.['relearned'] ?? false))
        .map(([topic, handler]) => [
          topic,
          async (batch, tx) => {
            const answer: unknown = await handler(batch, tx);
            if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined }); // an error comes as a stream
          },
        ]),
    );
  }
}
