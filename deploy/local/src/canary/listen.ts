import type { Kafka } from 'kafkajs';
import type { Log } from '../log.js';
import { endsOf } from '../topics/ends-of.js';
import { hear, HEARD_TOPICS, type Heard } from './hear.js';

export interface Listening {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
  readonly groupPrefix: string;
  readonly heard: (heard: Heard) => void;
  /** Told when nothing more is heard, and will not be. */
  readonly onDeaf: (error: Error) => void;
  readonly log: Log;
}

/** Hears what is said from now on: it resolves once nothing that is published later can be missed. @returns stops listening */
export async function listen({ kafka, topicPrefix, groupPrefix, heard, onDeaf }: Listening): Promise<() => Promise<void>> {
  const topics = HEARD_TOPICS.map((topic) => topicPrefix + topic);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await endsOf(admin, topics).finally(() => admin.disconnect());
  const consumer = kafka.consumer({ groupId: `${groupPrefix}handoff-canary`, allowAutoTopicCreation: false, maxWaitTimeInMs: 500 });
  let hasJoined = false; // what is said while it is away for a moment later is read from where it was
  const joined = new Promise<void>((resolve) => {
    consumer.on('consumer.group_join', () => {
      if (!hasJoined) for (const end of ends) consumer.seek(end);
      hasJoined = true;
      resolve();
    });
  });
  consumer.on('consumer.crash', ({ payload }) => {
    if (!payload.restart) onDeaf(payload.error);
  });
  await consumer.connect();
  await consumer.subscribe({ topics });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const event = hear(topic.slice(topicPrefix.length), message.value);
      if (event) heard(event);
    },
  });
  await joined;
  return () => consumer.disconnect();
}
