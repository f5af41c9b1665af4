import { randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage, SeekEntry } from 'kafkajs';

export interface Follow {
  /** As the broker calls them. */
  readonly topics: readonly string[];
  /** From this instant on; null: from now. */
  readonly since: Date | null;
  readonly onRecord: (topic: string, partition: number, message: KafkaMessage) => void;
  /** Once nothing that comes will be missed. */
  readonly onFollowing: () => void;
  readonly signal: AbortSignal;
}

/**
 * Reads topics as they are written, until it is told to stop. kafkajs reads in a group alone, so it makes one of its own, which commits nothing
 * and is deleted at the end: nobody else's reading is touched.
 */
export async function followTopics(kafka: Kafka, { topics, since, onRecord, onFollowing, signal }: Follow): Promise<void> {
  const groupId = `handoff-tail-${randomUUID()}`;
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 500, retry: { retries: 2 } });
  await admin.connect();
  const joined = { was: false };
  try {
    const from = new Map<string, readonly SeekEntry[]>(
      await Promise.all(
        topics.map(
          async (topic) =>
            [topic, await (since ? admin.fetchTopicOffsetsByTimestamp(topic, since.getTime()) : admin.fetchTopicOffsets(topic))] as const,
        ),
      ),
    );
    const died = new Promise<never>((_, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
    });
    died.catch(() => undefined); // it may come before anybody waits for it
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics] });
    consumer.on(consumer.events.GROUP_JOIN, () => {
      if (joined.was) return; // again after a rebalance: it goes on where it was
      joined.was = true;
      for (const [topic, offsets] of from) for (const { partition, offset } of offsets) consumer.seek({ topic, partition, offset });
      onFollowing();
    });
    await consumer.run({ autoCommit: false, eachMessage: async ({ topic, partition, message }) => onRecord(topic, partition, message) });
    await Promise.race([aborted(signal), died]);
  } finally {
    await consumer.disconnect();
    if (joined.was) await admin.deleteGroups([groupId]).catch(() => undefined); // an empty one goes by itself
    await admin.disconnect();
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
