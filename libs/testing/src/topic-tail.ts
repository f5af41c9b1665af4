import type { Headers } from '@handoff/contracts';
import { createKafka } from '@handoff/bus';
import type { Admin, Consumer } from 'kafkajs';
import { eventually } from './eventually.js';

export interface TailRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string | null;
  readonly headers: Headers;
  readonly value: Buffer | null;
}

/** Reads topics from their beginning and keeps what it read, so that a test can ask for "all so far" at any time. */
export class TopicTail {
  private readonly records: TailRecord[] = [];
  private readonly reached = new Map<string, bigint>();

  private constructor(
    private readonly consumer: Consumer,
    private readonly admin: Admin,
  ) {}

  static async start(brokers: string, group: string, topics: readonly string[]): Promise<TopicTail> {
    const kafka = createKafka(group, { KAFKA_BROKERS: brokers });
    const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
    const tail = new TopicTail(consumer, kafka.admin());
    await Promise.all([consumer.connect(), tail.admin.connect()]);
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]));
        const offset = BigInt(message.offset);
        tail.records.push({ topic, partition, offset, key: message.key?.toString() ?? null, headers, value: message.value });
        tail.reached.set(`${topic}/${partition}`, offset + 1n);
      },
    });
    return tail;
  }

  /** The first record of the topic for which `found` gives something, as soon as it is there; asks the broker nothing. */
  async first<T>(what: string, topic: string, found: (record: TailRecord) => T | null | undefined, seconds?: number): Promise<T> {
    let looked = 0;
    return eventually(
      what,
      () => {
        while (looked < this.records.length) {
          const record = this.records[looked++];
          const it = record?.topic === topic ? found(record) : null;
          if (it !== null && it !== undefined) return { it };
        }
        return null;
      },
      seconds,
    ).then(({ it }) => it);
  }

  /** Everything on the topic up to its end as it is now, in the order of arrival here. */
  async all(topic: string): Promise<readonly TailRecord[]> {
    const ends = await this.ends(topic);
    await eventually(`${topic} read to its end`, () =>
      [...ends].every(([partition, end]) => end <= (this.reached.get(`${topic}/${partition}`) ?? 0n)),
    );
    return this.records.filter((record) => record.topic === topic);
  }

  /** By partition, the offset that the next record gets. */
  async ends(topic: string): Promise<ReadonlyMap<number, bigint>> {
    return new Map((await this.admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, BigInt(high)]));
  }

  async stop(): Promise<void> {
    await Promise.all([this.consumer.disconnect(), this.admin.disconnect()]);
  }
}
