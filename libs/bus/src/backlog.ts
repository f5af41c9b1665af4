import { setTimeout as sleep } from 'node:timers/promises';
import type { Milliseconds, Seconds } from '@handoff/contracts';
import { isConnectionFault, rows, type DataSource } from '@handoff/store';
import type { Admin } from 'kafkajs';
import { oldestUnprocessedSeconds, unprocessedRecords } from './bus.metrics.js';
import { partitionKey } from './consumed-offsets.js';
import type { BusOptions, HandoffBus } from './handoff-bus.js';
import { SeenEnds } from './seen-ends.js';

const LOOK_EVERY_MS = 5000;
const STOP_MS = 1000;

interface PartitionBacklog {
  readonly records: number;
  readonly seconds: Seconds;
}

/**
 * How far behind its topics the group is, in time as well as in records. Every replica looks at all partitions, its own or not: the schema
 * says where the group is, so that the partitions of a replica that is gone are told of by the others.
 */
export class Backlog {
  private readonly admin: Admin;
  private readonly ends = new Map<string, SeenEnds>();
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: BusOptions,
    private readonly source: DataSource,
    private readonly bus: HandoffBus,
    private readonly lookEveryMs: Milliseconds = LOOK_EVERY_MS,
  ) {
    this.admin = options.kafka.admin({ retry: { retries: 1 } });
  }

  start(): void {
    if (this.topics().length === 0) return;
    this.timer ??= setInterval(() => {
      this.working = this.working.then(() => this.look());
    }, this.lookEveryMs);
    this.working = this.look();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await Promise.race([this.working, sleep(STOP_MS, undefined, { ref: false })]); // Kafka may be away
    await this.admin.disconnect().catch(() => undefined);
  }

  private async look(): Promise<void> {
    try {
      await this.admin.connect();
      const next = await this.consumed();
      await Promise.all(this.topics().map((topic) => this.lookAt(topic, next)));
    } catch (error) {
      this.options.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error }, 'How far behind this service is could not be read');
    }
  }

  private async lookAt(topic: string, next: ReadonlyMap<string, bigint>): Promise<void> {
    const found = await this.admin.fetchTopicOffsets(this.options.topicPrefix + topic);
    const now = Date.now();
    const backlogs = found.map(({ partition, low, high }) => {
      const consumed = next.get(partitionKey({ topic, partition })) ?? 0n;
      return this.backlogOf({ topic, partition }, consumed > BigInt(low) ? consumed : BigInt(low), BigInt(high), now);
    });
    const labels = { topic, group: this.options.group };
    unprocessedRecords.set(
      labels,
      backlogs.reduce((sum, { records }) => sum + records, 0),
    );
    oldestUnprocessedSeconds.set(labels, Math.max(0, ...backlogs.map(({ seconds }) => seconds)));
  }

  private backlogOf(of: { topic: string; partition: number }, next: bigint, end: bigint, now: Milliseconds): PartitionBacklog {
    const key = partitionKey(of);
    const ends = this.ends.get(key) ?? new SeenEnds();
    this.ends.set(key, ends);
    const since = ends.since(next, end, now);
    if (since === null) return { records: 0, seconds: 0 };
    // What this process has not seen come, as it has only just started, has its date at least while it is in hand.
    const dated = this.bus.inHand.oldest(of);
    return { records: Number(end - next), seconds: (now - Math.min(since, dated ?? since)) / 1000 };
  }

  private async consumed(): Promise<ReadonlyMap<string, bigint>> {
    const found = await rows<{ topic: string; partition: number; next_offset: string }>(
      this.source.manager,
      'SELECT topic, "partition", next_offset FROM consumed_offsets WHERE group_id = $1',
      [this.options.group],
    );
    return new Map(found.map((row) => [partitionKey(row), BigInt(row.next_offset)]));
  }

  private topics(): readonly string[] {
    return [...this.bus.handlers('consumed').keys()];
  }
}
