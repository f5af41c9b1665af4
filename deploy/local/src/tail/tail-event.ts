import { jsonObjectIn, type JsonObject } from '@handoff/contracts';
import type { KafkaMessage } from 'kafkajs';

/** A record of one of our topics, as it is shown. */
export interface TailEvent {
  /** Without the installation's prefix. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** When Kafka has it from. */
  readonly at: string;
  readonly id: string | null;
  readonly trace_id: string | null;
  readonly handoff_id: string | null;
  /** What happened: the payload's own word, else the topic's. */
  readonly event: string;
  readonly payload: JsonObject;
}

/** @returns null for what is no event of ours */
export function readTailEvent(
  topic: string,
  partition: number,
  { offset, timestamp, headers = {}, value }: KafkaMessage,
): TailEvent | null {
  const payload = jsonObjectIn(value?.toString() ?? '');
  if (Object.keys(payload).length === 0) return null; // no JSON, or none of ours
  const header = (name: string): string | null => headers[name]?.toString() ?? null;
  return {
    ...{ topic, partition, offset, at: new Date(Number(timestamp)).toISOString(), id: header('ce_id') },
    trace_id: header('traceparent')?.split('-')[1] ?? null,
    handoff_id: textIn(payload, 'handoff_id'),
    event: textIn(payload, 'event') ?? textIn(payload, 'type') ?? topic.slice(topic.lastIndexOf('.') + 1),
    payload,
  };
}

export const textIn = (object: JsonObject, name: string): string | null => {
  const value = object[name];
  return typeof value === 'string' ? value : null;
};
