import { fault, ok, refuse, type Fault, type FaultCode, type Result } from '../errors.js';

/** What surrounds a payload on the wire: CloudEvents 1.0, Kafka binary mode, with the trace and the causes beside it. */
export interface Envelope {
  readonly id: string | null;
  readonly type: string | null;
  readonly source: string | null;
  readonly subject: string | null;
  readonly time: string | null;
  readonly dataschema: string | null;
  /** The handoff's own thread of events; the same on all of them. */
  readonly correlationid: string | null;
  /** `ce_id` of the event that led to this one. */
  readonly causationid: string | null;
  readonly traceparent: string | null;
}

/** That of a bare value: nothing is said about it. */
export const NO_ENVELOPE: Envelope = {
  id: null,
  type: null,
  source: null,
  subject: null,
  time: null,
  dataschema: null,
  correlationid: null,
  causationid: null,
  traceparent: null,
};

export type Headers = Readonly<Record<string, string>>;
export type WireHeaders = Readonly<Record<string, Uint8Array | string | readonly (Uint8Array | string)[] | null | undefined>>;

const FIELDS: Readonly<Record<keyof Envelope, string>> = {
  id: 'ce_id',
  type: 'ce_type',
  source: 'ce_source',
  subject: 'ce_subject',
  time: 'ce_time',
  dataschema: 'ce_dataschema',
  correlationid: 'correlationid',
  causationid: 'causationid',
  traceparent: 'traceparent',
};
/** More than any client of ours or of a tracing library sends. */
const MAX_HEADERS = 64;
const MAX_HEADER_BYTES = 4096;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const NAMES = Object.entries(FIELDS) as readonly (readonly [keyof Envelope, string])[]; // its own keys

export function toHeaders(envelope: Envelope): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', ce_specversion: '1.0' };
  for (const [field, header] of NAMES) {
    const value = envelope[field];
    if (value !== null) headers[header] = value;
  }
  return headers;
}

/** Headers that this contract does not name are nobody's business here and are passed over. */
export function readHeaders(headers: WireHeaders): Result<Envelope> {
  const faults: Fault[] = [];
  if (Object.keys(headers).length > MAX_HEADERS)
    faults.push(
      fault('headers', 'too_many_headers', `The record has ${Object.keys(headers).length} headers; at most ${MAX_HEADERS} are taken.`),
    );
  const envelope: { -readonly [Field in keyof Envelope]: Envelope[Field] } = { ...NO_ENVELOPE };
  for (const [field, header] of NAMES) envelope[field] = readHeader(header, headers[header], faults);
  return faults.length > 0 ? refuse(...faults) : ok(envelope);
}

function readHeader(name: string, sent: WireHeaders[string], faults: Fault[]): string | null {
  const refused = (code: FaultCode, says: string): null => {
    faults.push(fault(`headers.${name}`, code, `The header ${name} ${says}.`));
    return null;
  };
  if (sent === undefined || sent === null) return null; // Kafka knows a header without a value
  const [value = '', ...more] = typeof sent === 'string' || sent instanceof Uint8Array ? [sent] : sent;
  if (more.length > 0) return refused('duplicate_header', `is there ${more.length + 1} times; send it once`);
  if (value.length > MAX_HEADER_BYTES) return refused('too_large', `has more than ${MAX_HEADER_BYTES} bytes`);
  const text = typeof value === 'string' ? value : decodeUtf8(value);
  if (text === null || !text.isWellFormed()) return refused('unreadable', 'is not valid UTF-8');
  if (/\p{Cc}/u.test(text)) return refused('forbidden_character', 'holds a control character');
  return text === '' ? null : text;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
