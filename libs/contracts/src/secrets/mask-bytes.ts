import type { Json } from '../json.js';
import { maskJson } from './mask-json.js';
import { MASK, maskText } from './mask-text.js';

/** Bytes that may be JSON, text, or nothing that anybody can read, with the secrets that show in them masked. */
export function maskBytes(bytes: Uint8Array): Uint8Array {
  const value = jsonIn(bytes);
  if (value !== undefined) {
    const masked = maskJson(value);
    return masked.paths.length === 0 ? bytes : Buffer.from(JSON.stringify(masked.value));
  }
  const text = Buffer.from(bytes).toString('latin1'); // a character each, so what is no secret stays byte for byte
  if (maskText(unescaped(text)) !== unescaped(text)) return Buffer.from(maskText(text) === text ? MASK : maskText(text), 'latin1');
  return bytes;
}

/** Without what hides a secret from a search: the zeros of UTF-16, and escapes of plain characters. */
const unescaped = (text: string): string =>
  text.replaceAll('\0', '').replaceAll(/\\u00([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function jsonIn(bytes: Uint8Array): Json | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  if (isDeep(text)) return undefined; // a walk through it would not come back
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const DEEPEST = 500;

/** Brackets inside texts count as well: that little is as good as one pass. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
