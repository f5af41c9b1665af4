import { deriveId, sha256, unlessSecret, type Envelope } from '@handoff/contracts';
import type { Cause } from './cause.js';
import type { InboundRecord, KafkaRecord } from './kafka-record.js';

/** The same for every delivery of one record, and for no other record: a topic that was made anew counts from 0 again. */
export function recordId({ topic, partition, offset, timestamp, value }: KafkaRecord): string {
  return deriveId(topic, partition, String(offset), timestamp, sha256(value ?? ''));
}

const MAX_HEADER_CHARACTERS = 256;

/** What led to our event. An agent's own ids go on in headers of ours, where they are short enough for one. */
export function causeOf({ cause }: InboundRecord, { id, correlationid }: Envelope): Cause {
  return { eventId: short(id), correlationId: short(correlationid), traceparent: cause.traceparent };
}

/** A structured event's ids are JSON strings, so they may hold what no header may. */
const short = (text: string | null): string | null =>
  unlessSecret(text !== null && text.length <= MAX_HEADER_CHARACTERS && !/\p{Cc}/u.test(text) ? text : null);
