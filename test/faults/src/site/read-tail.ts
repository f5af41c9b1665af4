import { randomUUID } from 'node:crypto';
import type { Kafka, Message } from 'kafkajs';
import { persist, until } from '../until.js';

export interface TailRecord {
  readonly topic: string;
  readonly message: Message;
}

/** The newest records of these topics, as they lie there, at most so many of each partition. */
export async function readTail(kafka: Kafka, topics: readonly string[], most: number): Promise<readonly TailRecord[]> {
  const admin = kafka.admin();
  await persist(() => admin.connect());
  const ends = await Promise.all(topics.map(async (topic) => (await admin.fetchTopicOffsets(topic)).map((it) => ({ topic, ...it }))));
  await admin.disconnect();
  const wanted = ends.flat().filter(({ high, low }) => BigInt(high) > BigInt(low));
  const left = new Set(wanted.map(({ topic, partition }) => `${topic}/${partition}`));
  const records: TailRecord[] = [];
  const consumer = kafka.consumer({ groupId: `faults-tail-${randomUUID()}`, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 });
  consumer.on(consumer.events.GROUP_JOIN, () => {
    for (const { topic, partition, high, low } of wanted)
      consumer.seek({ topic, partition, offset: String(Math.max(Number(low), Number(high) - most)) });
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message: { key, value, headers = {}, offset } }) => {
      const end = wanted.find((it) => it.topic === topic && it.partition === partition);
      if (!end || Number(offset) >= Number(end.high)) return;
      records.push({ topic, message: { key, value, headers, partition } });
      if (Number(offset) === Number(end.high) - 1) left.delete(`${topic}/${partition}`);
    },
  });
  await until(() => left.size === 0, 20, 20);
  await consumer.disconnect();
  return records;
}
