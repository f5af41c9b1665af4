import type { WireHeaders } from '@handoff/contracts';
import type { HeardDeadLetter } from './dead-letter-page.js';
import { visible } from './handoff-copy.js';

const LONGEST_NAME = 120;
const LONGEST_MESSAGE = 500;

/** What the headers of a dead letter tell. Total: whatever is in them, a page comes of it, as this is what hears of all other failures. */
export function hearDeadLetter(topic: string, headers: WireHeaders): HeardDeadLetter {
  const text = (name: string): string | null => textOf(headers[name]);
  return {
    id: short(text('handoff-dead-letter'), LONGEST_NAME) || null,
    service: short(text('handoff-service') ?? text('kafka_dlt-original-consumer-group') ?? 'unknown', LONGEST_NAME),
    topic: topic.replace(/-dlt$/, ''),
    partition: short(text('kafka_dlt-original-partition') ?? '?', LONGEST_NAME),
    offset: short(text('kafka_dlt-original-offset') ?? '?', LONGEST_NAME),
    code: short(text('kafka_dlt-exception-fqcn') ?? 'unknown', LONGEST_NAME),
    message: short(text('kafka_dlt-exception-message') ?? 'The dead letter does not say why.', LONGEST_MESSAGE),
  };
}

const short = (text: string | null, limit: number): string => visible(text ?? '').slice(0, limit);

function textOf(value: WireHeaders[string]): string | null {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return Array.isArray(value) && value.length > 0 ? textOf(value[0]) : null;
}
