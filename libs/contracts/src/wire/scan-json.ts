import { fault, type Fault } from '../errors.js';
import { quote } from './describe-value.js';

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__']);
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;

/**
 * One pass over the text before JSON.parse, for what JSON.parse would let through, change or not survive: depth, repeated
 * and forbidden keys, NUL, lone surrogates, numbers that would become others. Anything else malformed is left to it.
 */
export function scanJson(text: string, maxDepth: number): Fault | null {
  /** The keys seen so far of each object that is open; null for a list. */
  const open: (Set<string> | null)[] = [];
  const isPlain = !text.includes('\\u') && text.isWellFormed(); // nearly all are; their values then need no look
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      open.push(char === OPEN_BRACE ? new Set() : null);
      if (open.length > maxDepth) return fault('', 'too_deep', `Objects and arrays are nested deeper than ${maxDepth} levels.`);
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) open.pop();
    else if (char === QUOTE) {
      const end = endOfString(text, at);
      if (end === null) return null;
      const keys = isKey(text, end + 1) ? (open.at(-1) ?? null) : null;
      const unsafe = isPlain && keys === null ? null : scanString(text.slice(at, end + 1), keys);
      if (unsafe) return unsafe;
      at = end;
    } else if (char === MINUS || (char >= ZERO && char <= NINE)) {
      const end = endOfNumber(text, at);
      if (!keepsItsValue(text.slice(at, end))) return numberFault(text.slice(at, end));
      at = end - 1;
    }
  }
  return null;
}

const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, QUOTE, MINUS, ZERO, NINE] = [0x7b, 0x7d, 0x5b, 0x5d, 0x22, 0x2d, 0x30, 0x39];

/** @param keys those seen so far of the object that this string is a key of; null where it is a value */
function scanString(raw: string, keys: Set<string> | null): Fault | null {
  const value = raw.includes('\\') ? decodeString(raw) : raw.slice(1, -1);
  if (value === null) return null;
  if (value.includes('\u0000')) return fault('', 'forbidden_character', 'A string holds the character U+0000.');
  if (!value.isWellFormed()) return fault('', 'forbidden_character', 'A string holds half of a surrogate pair.');
  if (keys === null) return null;
  if (FORBIDDEN_KEYS.has(value)) return fault(value, 'forbidden_key', `An object has the key ${quote(value)}, which is not taken.`);
  if (keys.has(value)) return fault(value.slice(0, 256).toWellFormed(), 'duplicate_key', `An object has the key ${quote(value)} twice.`);
  keys.add(value);
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
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return text[at] === ':';
}

function decodeString(raw: string): string | null {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return null;
  }
}

function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? NUMBER.lastIndex : start + 1;
}

/** An id of 19 digits would come out as its neighbour, and 1e999 as null. Fractions are approximate to begin with. */
function keepsItsValue(number: string): boolean {
  if (number.length < SAFE_DIGITS) return !/[eE]/.test(number) || Number.isFinite(Number(number));
  const value = Number(number);
  if (!Number.isFinite(value)) return false;
  return !/^-?\d+$/.test(number) || String(value) === number || BigInt(value) === BigInt(number);
}
/** Whole numbers below 2^53 have at most 16 digits; shorter ones need no look. */
const SAFE_DIGITS = 16;

function numberFault(number: string): Fault {
  const shown = number.length > 40 ? `${number.slice(0, 40)}…` : number;
  return fault('', 'out_of_range', `The number ${shown} cannot be kept exactly. Send it as a text.`);
}
