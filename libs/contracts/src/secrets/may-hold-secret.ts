import { SHORTEST_CARD_DIGITS } from './payment-card.js';
import { ENDS_IN_NAME, LONGEST_BEFORE_DOT, NAME_ENDS, SHORTEST_WORD, TOKEN_START } from './secret-rules.js';

const [OTHER, WORD, DIGIT, ASSIGNS, AT, ESCAPE, SPACE, DOT] = [0, 1, 2, 3, 4, 5, 6, 7];
const KINDS = new Uint8Array(128); // OTHER
for (const [kind, chars] of [
  [WORD, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-'],
  [DIGIT, '0123456789'],
  [ASSIGNS, ':='],
  [AT, '@'],
  [ESCAPE, '\\'],
  [SPACE, ' '],
  [DOT, '.'],
] as const)
  for (const char of chars) KINDS[char.charCodeAt(0)] = kind;
const HYPHEN = 0x2d;

/**
 * Whether a rule may find something in the text: one pass over its characters, as it is made of every text of every packet. Nearly all
 * have nothing that begins like a token, no name before a colon, and too few digits in a row.
 */
export function mayHoldSecret(text: string): boolean {
  let wordAt = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? KINDS[code] : OTHER;
    if (kind === WORD) {
      if (code !== HYPHEN) digits = 0;
      continue;
    }
    if (kind === DIGIT) {
      if (++digits >= SHORTEST_CARD_DIGITS) return true;
      continue;
    }
    if (isSuspectWord(text, wordAt, at, kind === DOT)) return true;
    if (kind === ASSIGNS && isNamedSecret(text, at)) return true;
    if (kind === AT && text.slice(Math.max(0, at - LONGEST_LOGIN), at).includes('://')) return true;
    if (kind === ESCAPE) at++; // what it escapes is no part of the word behind it
    if (kind !== SPACE) digits = 0;
    wordAt = at + 1;
  }
  return isSuspectWord(text, wordAt, text.length, false);
}

const LONGEST_LOGIN = 330;
const LONGEST_NAME = 40;
const BEARER = /bearer /iy;

function isSuspectWord(text: string, from: number, to: number, endsInDot: boolean): boolean {
  const length = to - from;
  if (length === 'bearer'.length) return testAt(BEARER, text, from);
  return (length >= SHORTEST_WORD || (endsInDot && length <= LONGEST_BEFORE_DOT)) && testAt(TOKEN_START, text, from);
}

function testAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

function isNamedSecret(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && at - end < MOST_BETWEEN && BETWEEN.has(text.charCodeAt(end - 1))) end--;
  return (
    NAME_ENDS.has(text.slice(Math.max(0, end - 3), end).toLowerCase()) && ENDS_IN_NAME.test(text.slice(Math.max(0, at - LONGEST_NAME), at))
  );
}

/** What may stand between a name and its colon: quotes, escaped or not, and blanks. */
const BETWEEN: ReadonlySet<number> = new Set([...` "'\\\t\n`].map((char) => char.charCodeAt(0)));
const MOST_BETWEEN = 6;
