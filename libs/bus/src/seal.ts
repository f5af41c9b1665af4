import { maskBytes, maskText, TOPICS, type WireHeaders } from '@handoff/contracts';
import type { KafkaRecord } from './kafka-record.js';
import { fromRawHeaders, toRawHeaders, type RawHeaders } from './raw-headers.js';

/** How a service keeps what agents sent it: nobody who has the row alone can read it. */
export interface Seal {
  /** @param belongsTo the row's own name; the same is needed to open it */
  seal(bytes: Uint8Array, belongsTo: string): Buffer;
  open(sealed: Buffer, belongsTo: string): Buffer;
}

type Content = Pick<KafkaRecord, 'key' | 'value' | 'headers'>;
type Kept = readonly [key: string | null, value: string | null, headers: RawHeaders];

/** Topics that agents write: what is on them has not been masked by anybody, what our own services write has. */
const INBOUND: ReadonlySet<string> = new Set(TOPICS.filter(({ kind }) => kind === 'inbound').map(({ topic }) => topic));
export const isUnmasked = ({ topic }: Pick<KafkaRecord, 'topic'>): boolean => INBOUND.has(topic);

const nameOf = (id: string): string => `dead letter ${id}`;
const base64 = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null;
const bytesOf = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text, 'base64'));

/** Key, value and headers as they came, for a replay alone. */
export function sealContent(seal: Seal, id: string, { key, value, headers }: Content): Buffer {
  const kept: Kept = [base64(key), base64(value), toRawHeaders(headers)];
  return seal.seal(Buffer.from(JSON.stringify(kept)), nameOf(id));
}

export function openContent(seal: Seal, id: string, sealed: Buffer): Content {
  const [key, value, headers] = JSON.parse(seal.open(sealed, nameOf(id)).toString()) as Kept; // as written above
  return { key: bytesOf(key), value: bytesOf(value), headers: fromRawHeaders(headers) };
}

/** The same record as everybody may see it. */
export function maskRecord(record: KafkaRecord): KafkaRecord {
  const { key, value, headers } = record;
  return {
    ...record,
    key: key && Buffer.from(maskBytes(key)),
    value: value && Buffer.from(maskBytes(value)),
    headers: maskHeaders(headers),
  };
}

const maskHeaders = (headers: WireHeaders): WireHeaders =>
  fromRawHeaders(toRawHeaders(headers).map(([name, value]) => [maskText(name), base64(maskHeader(name, bytesOf(value)))]));

/** A header's name says what it is, as a key does. */
function maskHeader(name: string, value: Buffer | null): Buffer | null {
  const line = `${name}=${value?.toString('latin1') ?? ''}`;
  return value && Buffer.from(maskText(line).slice(name.length + 1), 'latin1');
}
