import {
  isJsonObject,
  MAX_EVENT_DEPTH,
  ok,
  parseJson,
  readHeaders,
  validate,
  type Envelope,
  type EventTopic,
  type Fault,
  type Json,
  type Result,
} from '@handoff/contracts';
import type { KafkaRecord } from './kafka-record.js';

export interface DecodedEvent {
  readonly envelope: Envelope;
  readonly payload: object;
}

/** An event of our own, from its bytes; binary or structured CloudEvents. Whatever is wrong with it is a value. */
export function decodeEvent(topic: EventTopic, record: KafkaRecord): Result<DecodedEvent> {
  const headers = readHeaders(record.headers);
  if (headers.kind === 'faults') return headers;
  const parsed = parseJson(record.value, topic.maxMessageBytes, MAX_EVENT_DEPTH);
  if (parsed.kind === 'faults') return parsed;
  const { envelope, data } = unwrap(headers.value, parsed.value);
  const payload = validate(topic.payload, data);
  return payload.kind === 'faults' ? payload : ok({ envelope, payload: payload.value });
}

/** Structured mode: the event is the value, its payload is in `data`, and its attributes stand in for the headers. */
export function unwrap(envelope: Envelope, value: Json): { readonly envelope: Envelope; readonly data: Json } {
  if (!isJsonObject(value) || typeof value['specversion'] !== 'string' || !('data' in value)) return { envelope, data: value };
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : null);
  return {
    data: value['data'] ?? null,
    envelope: {
      id: text('id') ?? envelope.id,
      type: text('type') ?? envelope.type,
      source: text('source') ?? envelope.source,
      subject: text('subject') ?? envelope.subject,
      time: text('time') ?? envelope.time,
      dataschema: text('dataschema') ?? envelope.dataschema,
      correlationid: text('correlationid') ?? envelope.correlationid,
      causationid: text('causationid') ?? envelope.causationid,
      traceparent: text('traceparent') ?? envelope.traceparent,
    },
  };
}

export const faultText = (faults: readonly Fault[]): string => faults.map(({ message }) => message).join(' ');
