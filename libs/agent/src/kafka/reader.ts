import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import EventEmitter from 'node:events';
import type { Consumer, Kafka } from 'kafkajs';
import { UnreachableError } from '../errors.js';

/** A record as JSON, where it is. */
export type OnRecord = (topic: string, value: unknown, at: string) => void;

/** Reads topics from their beginning, in a group of its own that leaves nothing behind. */
export class Reader {
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly reached = new Map<string, bigint>();
  private readonly consumer: Consumer;
  private failure: Error | null = null;

  private constructor(
    private readonly kafka: Kafka,
    group: string,
    private readonly topics: readonly string[],
    private readonly onRecord: OnRecord,
  ) {
    this.consumer = kafka.consumer({ groupId: `${group}-${randomUUID()}`, allowAutoTopicCreation: false, maxWaitTimeInMs: 500 });
  }

  /** @returns once all that was there by now is read */
  static async start(kafka: Kafka, group: string, topics: readonly string[], onRecord: OnRecord): Promise<Reader> {
    const reader = new Reader(kafka, group, topics, onRecord);
    reader.consumer.on(reader.consumer.events.CRASH, ({ payload: { error, restart } }) => {
      if (!restart) reader.fail(error);
    });
    await reader.consumer.connect();
    await reader.consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await reader.consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic, partition, message: { offset, value } }) => {
        reader.reached.set(`${topic}/${partition}`, BigInt(offset) + 1n);
        if (value) onRecord(topic, JSON.parse(value.toString()), positionOf(topic, partition, offset)); // its one writer is Handoff
        reader.changes.emit('read');
      },
    });
    await reader.catchUp();
    return reader;
  }

  /** Something more was read. @throws UnreachableError where nothing will be any more */
  async more(signal?: AbortSignal): Promise<void> {
    if (this.failure === null) await once(this.changes, 'read', signal ? { signal } : {});
    if (this.failure !== null) throw new UnreachableError('Kafka, from which nothing is read any more,', this.failure);
  }

  private fail(error: Error): void {
    this.failure = error;
    this.changes.emit('read');
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
  }

  private async catchUp(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const ends = await Promise.all(
        this.topics.map(async (topic) => (await admin.fetchTopicOffsets(topic)).map((end) => ({ ...end, topic }))),
      );
      const filled = ends.flat().filter(({ low, high }) => low !== high);
      const isBehind = () => filled.some(({ topic, partition, high }) => (this.reached.get(`${topic}/${partition}`) ?? 0n) < BigInt(high));
      while (isBehind()) await this.more();
    } finally {
      await admin.disconnect();
    }
  }
}

export const positionOf = (topic: string, partition: number, offset: string): string => `${topic}/${partition}/${offset}`;
