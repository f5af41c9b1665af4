import { linkTo, SpanKind, withSpan, type SpanOptions } from '@handoff/telemetry';
import type { Message, Producer } from 'kafkajs';
import { eventsPublished } from './bus.metrics.js';
import { messagingAttributes } from './messaging-attributes.js';
import type { OutboxRow } from './outbox.js';

/**
 * Kafka takes no record batch above a topic's `max.message.bytes`, which is 1 MiB on ours, and everything that one request brings to a
 * partition is one batch. Where all of it has one partition, as a backlog may, it must still fit.
 */
const MAX_BATCH_BYTES = 900 * 1024;
/** What a record takes beside its key, headers and value. */
const RECORD_BYTES = 64;

/** In their order; resolves when every in-sync replica has them all. What fails is to be sent again from the first one on. */
export async function sendRows(producer: Producer, rows: readonly OutboxRow[]): Promise<void> {
  for (const batch of inBatches(rows)) await withSpan('send', spanOf(batch), () => sendBatch(producer, batch));
}

/** After OpenTelemetry's conventions for batches: a span of its own, linked to where each message was made. */
function spanOf(rows: readonly OutboxRow[]): SpanOptions {
  const topics = new Set(rows.map(({ topic }) => topic));
  const [only] = topics.size === 1 ? topics : [];
  const attributes = {
    ...messagingAttributes('send'),
    'messaging.batch.message_count': rows.length,
    ...(only === undefined ? {} : { 'messaging.destination.name': only }),
  };
  return { kind: SpanKind.CLIENT, parent: null, attributes, links: rows.flatMap(({ headers }) => linkTo(headers['traceparent'] ?? null)) };
}

/** One request per broker. A broker that takes less than ours do is given half, and half again. */
async function sendBatch(producer: Producer, rows: readonly OutboxRow[]): Promise<void> {
  const topics = new Map<string, Message[]>();
  for (const { topic, key, headers, value, encoding } of rows) {
    const messages = topics.get(topic) ?? [];
    messages.push({ key, headers, value: value === null ? null : Buffer.from(value, encoding) });
    topics.set(topic, messages);
  }
  try {
    await producer.sendBatch({ acks: -1, topicMessages: [...topics].map(([topic, messages]) => ({ topic, messages })) });
  } catch (error) {
    if (rows.length === 1 || !isTooLarge(error)) throw error;
    const half = Math.ceil(rows.length / 2);
    await sendBatch(producer, rows.slice(0, half));
    return sendBatch(producer, rows.slice(half));
  }
  for (const [topic, messages] of topics) eventsPublished.inc({ topic }, messages.length);
}

/** Cut where one topic's rows would be too much for one batch, wherever they lie. */
export function inBatches(rows: readonly OutboxRow[]): readonly (readonly OutboxRow[])[] {
  const batches: OutboxRow[][] = [];
  let batch: OutboxRow[] = [];
  let bytes = new Map<string, number>();
  for (const row of rows) {
    const size = bytesOf(row);
    if ((bytes.get(row.topic) ?? 0) + size > MAX_BATCH_BYTES && batch.length > 0) {
      batches.push(batch);
      batch = [];
      bytes = new Map();
    }
    bytes.set(row.topic, (bytes.get(row.topic) ?? 0) + size);
    batch.push(row);
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

function bytesOf({ key, headers, value, encoding }: OutboxRow): number {
  const named = Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + Buffer.byteLength(text), 0);
  return RECORD_BYTES + Buffer.byteLength(key ?? '') + named + Buffer.byteLength(value ?? '', encoding);
}

/** kafkajs may have wrapped what the broker said. */
function isTooLarge(error: unknown): boolean {
  const { type, cause } = error as { readonly type?: string; readonly cause?: unknown };
  return type === 'MESSAGE_TOO_LARGE' || (cause instanceof Error && isTooLarge(cause));
}
