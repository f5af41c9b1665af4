import { randomBytes, randomUUID } from 'node:crypto';
import { handoffEscalations, type JsonObject } from '@handoff/contracts';
import type { Kafka, Message } from 'kafkajs';
import { forRun, onlyEightFields } from './parse-packets.js';

/** One packet as it was published. */
export interface Published {
  readonly taskId: string;
  /** `bare`: exactly the eight fields and no headers. */
  readonly form: 'bare' | 'cloud-event';
  /** Null for a bare one: whoever reads it starts the trace. */
  readonly traceId: string | null;
}

/** As agents send them: every third as the bare eight fields, the others as CloudEvents in Kafka's binary mode. */
export function preparePackets(packets: readonly JsonObject[], run: string): readonly ToPublish[] {
  return packets.map((packet, at) => (at % 3 === 0 ? bare(packet, run) : cloudEvent(packet, run)));
}

export async function publishPackets(kafka: Kafka, topicPrefix: string, packets: readonly ToPublish[]): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    const messages = packets.map(({ message }) => message);
    await producer.send({ topic: topicPrefix + handoffEscalations.topic, acks: -1, messages });
  } finally {
    await producer.disconnect();
  }
}

export interface ToPublish {
  readonly published: Published;
  readonly message: Message;
}

function bare(packet: JsonObject, run: string): ToPublish {
  const value = forRun(onlyEightFields(packet), run);
  const taskId = String(value['task_id']);
  return { published: { taskId, form: 'bare', traceId: null }, message: { key: taskId, value: JSON.stringify(value) } };
}

function cloudEvent(packet: JsonObject, run: string): ToPublish {
  const value = forRun(packet, run);
  const taskId = String(value['task_id']);
  const traceId = randomBytes(16).toString('hex');
  const headers = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: 'handoff.escalation.v1',
    ce_source: 'urn:handoff:sample-agent',
    ce_time: new Date().toISOString(),
    traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
  };
  return { published: { taskId, form: 'cloud-event', traceId }, message: { key: taskId, value: JSON.stringify(value), headers } };
}
