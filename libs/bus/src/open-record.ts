import { fault, TOPICS, type EventTopic, type HandoffId, type Topic } from '@handoff/contracts';
import { linkTo, SpanKind, SpanStatusCodes, startSpan, traceparentOf, type Span } from '@handoff/telemetry';
import type { Cause } from './cause.js';
import type { DeadLetter } from './dead-letters.js';
import { decodeEvent, faultText } from './decode-record.js';
import type { InboundRecord, KafkaRecord } from './kafka-record.js';
import { messagingAttributes } from './messaging-attributes.js';

interface Opened {
  readonly record: KafkaRecord;
  readonly cause: Cause;
  /** Ends with the batch that the record is part of. */
  readonly span: Span;
}
/** For a handler: an event of ours as its payload, an agent's record as it came. */
export type Takeable = Opened & { readonly kind: 'take'; readonly payload: object; readonly handoffId: HandoffId | null };
export type Dead = Opened & { readonly kind: 'dead'; readonly fault: DeadLetter['fault'] };
export type Item = Takeable | Dead;

const TOPIC_BY_NAME = new Map<string, Topic>(TOPICS.map((topic) => [topic.topic, topic]));

/**
 * Reads a record, and continues the trace that it came with. What cannot be read is dead, as a value.
 * @param batch the span of the poll that it came with, whose transaction mixes traces
 */
export function openRecord(record: KafkaRecord, group: string, batch?: Span): Item {
  const topic = TOPIC_BY_NAME.get(record.topic);
  const begin: Begin = (traceparent) => beginSpan(record, group, traceparent, batch);
  return topic?.kind === 'event' ? openEvent(topic, record, begin) : openInbound(record, begin);
}

type Begin = (traceparent: string | null) => Span;

function openInbound(record: KafkaRecord, begin: Begin): Item {
  const span = begin(headerText(record, 'traceparent'));
  const cause = {
    eventId: headerText(record, 'ce_id'),
    correlationId: headerText(record, 'correlationid'),
    traceparent: traceparentOf(span),
  };
  return { kind: 'take', record, cause, span, payload: { ...record, cause } satisfies InboundRecord, handoffId: null };
}

function openEvent(topic: EventTopic, record: KafkaRecord, begin: Begin): Item {
  const decoded = decodeEvent(topic, record);
  if (decoded.kind === 'faults') {
    const span = begin(headerText(record, 'traceparent'));
    span.setStatus({ code: SpanStatusCodes.ERROR, message: faultText(decoded.faults) });
    const cause = { eventId: null, correlationId: null, traceparent: traceparentOf(span) };
    return { kind: 'dead', record, cause, span, fault: decoded.faults[0] ?? fault('', 'unreadable', 'The record cannot be read.') };
  }
  const { envelope, payload } = decoded.value;
  const span = begin(envelope.traceparent);
  const { handoff_id: handoffId = null } = payload as { handoff_id?: HandoffId };
  if (handoffId) span.setAttribute('handoff.id', handoffId);
  const cause = { eventId: envelope.id, correlationId: envelope.correlationid, traceparent: traceparentOf(span) };
  return { kind: 'take', record, cause, span, payload, handoffId };
}

/** After OpenTelemetry's semantic conventions for messaging. */
function beginSpan(record: KafkaRecord, group: string, traceparent: string | null, batch: Span | undefined): Span {
  const attributes = {
    ...messagingAttributes('process'),
    'messaging.destination.name': record.topic,
    'messaging.destination.partition.id': String(record.partition),
    'messaging.kafka.offset': String(record.offset),
    'messaging.consumer.group.name': group,
  };
  const links = batch ? linkTo(traceparentOf(batch)) : [];
  return startSpan(`process ${record.topic}`, { kind: SpanKind.CONSUMER, attributes, links, parent: traceparent });
}

function headerText(record: KafkaRecord, name: string): string | null {
  const value = record.headers[name];
  return typeof value === 'string' || value instanceof Uint8Array ? value.toString() : null;
}
