import type { WireHeaders } from '@handoff/contracts';
import { storable } from './storable.js';

/** Every header of a record as name and base64, in their order; null where Kafka had a header without a value. */
export type RawHeaders = readonly (readonly [name: string, value: string | null])[];

export function toRawHeaders(headers: WireHeaders): RawHeaders {
  return Object.entries(headers).flatMap(([name, sent]) => {
    const values = Array.isArray(sent) ? sent : [sent];
    return values.map((value) => [storable(name), value === undefined || value === null ? null : base64(value)] as const);
  });
}

/** The headers as kafkajs would have handed them over: a name that came several times has a list. */
export function fromRawHeaders(raw: RawHeaders): WireHeaders {
  const headers = new Map<string, WireHeaders[string]>();
  for (const [name, value] of raw) {
    const before = headers.get(name);
    const bytes = value === null ? null : Buffer.from(value, 'base64');
    headers.set(name, before === undefined || bytes === null ? bytes : [...listOf(before), bytes]);
  }
  return Object.fromEntries(headers);
}

const base64 = (value: Uint8Array | string): string => Buffer.from(value as string).toString('base64'); // Buffer.from takes either

const listOf = (value: WireHeaders[string]): readonly (Uint8Array | string)[] =>
  value === null || value === undefined ? [] : typeof value === 'string' || value instanceof Uint8Array ? [value] : value;
