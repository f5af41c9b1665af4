import { fault, ok, refuse, type Result } from '../errors.js';
import type { Json } from '../json.js';
import { KIB } from '../units.js';

/** A packet's largest size on the wire, in bytes. */
export const MAX_PACKET_BYTES = 256 * KIB;
/** Objects and arrays inside each other, the outermost counted. */
export const MAX_DEPTH = 32;

const FORBIDDEN_KEYS = new Set(['__proto__']);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Bytes from outside, as a JSON value that is safe to handle and to store.
 * Postgres cannot keep NUL or a lone surrogate in jsonb, parsers disagree about a repeated key, and `__proto__`
 * changes what an object is; so each of them is refused by name instead of being repaired.
 */
export function parseJson(bytes: Uint8Array | null, maxBytes = MAX_PACKET_BYTES): Result<Json> {
  if (bytes === null || bytes.length === 0) return refuse(fault('', 'no_value', 'The record has no value. Send one JSON object.'));
  if (bytes.length > maxBytes)
    return refuse(
      fault('', 'too_large', `The record has ${bytes.length} bytes; at most ${maxBytes} are taken. Link to large data instead.`),
    );
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse(fault('', 'unreadable', 'The bytes are not valid UTF-8.'));
  }
  const unsafe = scan(text);
  if (unsafe) return refuse(unsafe);
  try {
    return ok(JSON.parse(text) as Json);
  } catch (error) {
    return refuse(fault('', 'unreadable', `The text is not JSON: ${(error as Error).message}`));
  }
}

type Frame = { readonly keys: Set<string> | null };

/**
 * One pass over the text before JSON.parse, for what JSON.parse would let through or not survive:
 * depth, repeated keys, forbidden keys, NUL and lone surrogates. Anything else malformed is left to JSON.parse.
 */
function scan(text: string): ReturnType<typeof fault> | null {
  const open: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push({ keys: char === '{' ? new Set() : null });
      if (open.length > MAX_DEPTH) return fault('', 'too_deep', `Objects and arrays are nested deeper than ${MAX_DEPTH} levels.`);
    } else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      if (end === null) return null;
      const raw = text.slice(at, end + 1);
      const escaped = raw.includes('\\u');
      if (escaped || !raw.isWellFormed()) {
        const value = decodeString(raw);
        if (value === null) return null;
        if (value.includes('\u0000')) return fault('', 'forbidden_character', 'A string holds the character U+0000.');
        if (!value.isWellFormed()) return fault('', 'forbidden_character', 'A string holds half of a surrogate pair.');
      }
      const keys = open.at(-1)?.keys;
      if (keys && isKey(text, end + 1)) {
        const key = decodeString(raw) ?? raw;
        if (FORBIDDEN_KEYS.has(key)) return fault(key, 'forbidden_key', `An object has the key "${key}", which is not taken.`);
        if (keys.has(key)) return fault(key, 'duplicate_key', `An object has the key "${key}" twice.`);
        keys.add(key);
      }
      at = end;
    }
  }
  return null;
}

function endOfString(text: string, start: number): number | null {
  let at = start;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return null;
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return text[at] === ':';
}

function decodeString(raw: string): string | null {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return null;
  }
}
