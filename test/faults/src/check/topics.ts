import { TOPICS } from '@handoff/contracts';
import type { Admin, Consumer, Kafka } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { until } from '../until.js';
import { History } from './history.js';
import { readEvent } from './read-event.js';

const TOPIC_NAMES = TOPICS.filter(
  ({ kind, retention, topic }) => kind === 'event' && retention !== null && topic !== 'handoff.rejected',
).map(({ topic }) => topic);
const READ_SECONDS = 120;

/** Reads our topics from their beginning, each record once, however often it is asked. */
export class Topics {
  private readonly next = new Map<string, bigint>();
  private readonly histories = new Map<string, History>();

  constructor(private readonly kafka: Kafka) {}

  /** Everything up to the ends as they are now. */
  async read(): Promise<ReadonlyMap<string, History>> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      await this.readTo(await endsOf(admin));
    } finally {
      await admin.disconnect();
    }
    return this.histories;
  }

  /** Read, and no longer needed; a later record about it makes a history of its own. */
  forget(handoffIds: Iterable<string>): void {
    for (const id of handoffIds) this.histories.delete(id);
  }

  /** A recreated topic begins anew. */
  rewind(topic: string): void {
    for (const key of this.next.keys()) if (key.startsWith(`${topic}/`)) this.next.delete(key);
  }

  private async readTo(ends: ReadonlyMap<string, bigint>): Promise<void> {
    const missing = [...ends].filter(([key, end]) => (this.next.get(key) ?? 0n) < end).map(([key]) => key);
    if (missing.length === 0) return;
    const topics = [...new Set(missing.map((key) => key.slice(0, key.lastIndexOf('/'))))];
    const consumer = this.kafka.consumer({ groupId: `faults-check-${randomUUID()}`, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 });
    try {
      await this.consume(consumer, topics);
      const isRead = await until(() => [...ends].every(([key, end]) => (this.next.get(key) ?? 0n) >= end), READ_SECONDS, 50);
      if (!isRead) throw new Error('The topics could not be read to their ends.');
    } finally {
      await consumer.disconnect();
    }
  }

  private async consume(consumer: Consumer, topics: readonly string[]): Promise<void> {
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const [key, offset] of this.next) {
        const [topic = '', partition] = key.split('/');
        if (topics.includes(topic)) consumer.seek({ topic, partition: Number(partition), offset: String(offset) });
      }
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { topic, partition, messages } }) => {
        for (const message of messages) this.take(topic, partition, message);
      },
    });
  }

  private take(topic: string, partition: number, message: Parameters<typeof readEvent>[2]): void {
    const key = `${topic}/${partition}`;
    const offset = BigInt(message.offset);
    if (offset < (this.next.get(key) ?? 0n)) return;
    this.next.set(key, offset + 1n);
    const record = readEvent(topic, partition, message);
    if (!record) return;
    const history = this.histories.get(record.handoffId) ?? new History(record.handoffId);
    history.records.push(record);
    this.histories.set(record.handoffId, history);
  }
}

async function endsOf(admin: Admin): Promise<ReadonlyMap<string, bigint>> {
  const all = await Promise.all(
    TOPIC_NAMES.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [`${topic}/${partition}`, BigInt(high)] as const),
    ),
  );
  return new Map(all.flat());
}
