import { randomUUID } from 'node:crypto';
import {
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  handoffRejected,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@handoff/contracts';
import type { Kafka } from 'kafkajs';
import { endsOf } from '../topics/ends-of.js';

/** What an agent hears about its tasks. */
export type Heard =
  | { readonly kind: 'accepted'; readonly taskId: string; readonly handoffId: string; readonly event: JsonObject }
  | { readonly kind: 'rejected'; readonly taskId: string; readonly event: JsonObject }
  | { readonly kind: 'decision'; readonly taskId: string; readonly event: JsonObject }
  | { readonly kind: 'feedback'; readonly taskId: string; readonly event: JsonObject };

const KINDS = new Map<string, Heard['kind']>([
  [handoffAccepted.topic, 'accepted'],
  [handoffRejected.topic, 'rejected'],
  [handoffDecisions.topic, 'decision'],
  [handoffFeedback.topic, 'feedback'],
]);

/**
 * Reads what is said to agents from this moment on: it resolves once nothing that is published later can be missed.
 * @returns stops listening
 */
export async function listenAsAgent(kafka: Kafka, topicPrefix: string, hear: (heard: Heard) => void): Promise<() => Promise<void>> {
  const groupId = `${topicPrefix}handoff-sample-agent-${randomUUID()}`;
  const topics = [...KINDS.keys()].map((topic) => topicPrefix + topic);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await endsOf(admin, topics);
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 500 });
  // Seeking before the first fetch, and without waiting for anything here, is what makes the offset hold.
  consumer.on('consumer.group_join', () => {
    for (const end of ends) consumer.seek(end);
  });
  await consumer.connect();
  await consumer.subscribe({ topics });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const kind = KINDS.get(topic.slice(topicPrefix.length));
      const heard = kind ? read(kind, message.value) : null;
      if (heard) hear(heard);
    },
  });
  return async () => {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined); // it would be gone by itself after a week
    await admin.disconnect();
  };
}

function read(kind: Heard['kind'], value: Buffer | null): Heard | null {
  const event: Json = value ? (JSON.parse(value.toString('utf8')) as Json) : null; // what JSON.parse gives is Json
  if (!isJsonObject(event)) return null;
  const packet = event['packet'];
  const taskId = kind === 'accepted' ? isJsonObject(packet) && packet['task_id'] : event['task_id'];
  if (typeof taskId !== 'string') return null;
  return { kind, taskId, handoffId: String(event['handoff_id']), event };
}
