import { fault, ok, refuse, type Result } from '../errors.js';
import type { Json } from '../json.js';
import { KIB } from '../units.js';
import { scanJson } from './scan-json.js';

/** A packet's largest size on the wire, in bytes. */
export const MAX_PACKET_BYTES = 256 * KIB;
/** Objects and arrays inside each other, the outermost counted. */
export const MAX_DEPTH = 32;
/** In an event of ours the packet lies deeper than it was sent: in the event, and its unknown keys in `extra`. */
export const MAX_EVENT_DEPTH = MAX_DEPTH + 8;

const SHOWN_CHARACTERS = 200;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Bytes from outside, as a JSON value that is safe to handle and to store.
 * Postgres cannot keep NUL or a lone surrogate in jsonb, parsers disagree about a repeated key, `__proto__` changes what
 * an object is, and a number that a double cannot hold becomes another one; so each of them is refused by name instead
 * of being repaired.
 */
export function parseJson(bytes: Uint8Array | null, maxBytes = MAX_PACKET_BYTES, maxDepth = MAX_DEPTH): Result<Json> {
  if (bytes === null || bytes.length === 0) return refuse(fault('', 'no_value', 'The record has no value. Send one JSON object.'));
  if (bytes.length > maxBytes)
    return refuse(
      fault('', 'too_large', `The record has ${bytes.length} bytes; at most ${maxBytes} are taken. Link to large data instead.`),
    );
  const text = decodeUtf8(bytes);
  return text === null ? refuse(fault('', 'unreadable', 'The bytes are not valid UTF-8.')) : parseJsonText(text, maxDepth);
}

/** The same for a text: JSON inside a string of a packet, for example, which has to be as safe as the packet. */
export function parseJsonText(text: string, maxDepth = MAX_DEPTH): Result<Json> {
  const unsafe = scanJson(text, maxDepth);
  if (unsafe) return refuse(unsafe);
  try {
    return ok(JSON.parse(text) as Json);
  } catch (error) {
    return refuse(fault('', 'unreadable', `The text is not JSON: ${printable((error as Error).message)}`));
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The parser quotes the text that it could not read, which may hold what Postgres cannot keep. */
function printable(message: string): string {
  return message
    .replaceAll(/\p{Cc}/gu, '\uFFFD')
    .toWellFormed()
    .slice(0, SHOWN_CHARACTERS)
    .toWellFormed();
}
