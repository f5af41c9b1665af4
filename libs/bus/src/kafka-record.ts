import type { WireHeaders } from '@handoff/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Cause } from './cause.js';

/** A record as it came from Kafka; `topic` without the installation's prefix. */
export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since 1970, decimal, as the broker has it. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: WireHeaders;
}

/** A record of an agent, unread, and the trace that reading it belongs to. */
export interface InboundRecord extends KafkaRecord {
  readonly cause: Cause;
}

export function toRecord(topic: string, partition: number, message: KafkaMessage): KafkaRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    timestamp: message.timestamp,
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  };
}
