/** Beyond these the terminal is no place to read them; `--json` has all. */
const MOST_TEXT = 64 * 1024;
const MOST_HEX_BYTES = 4096;
const HEX_ROW = 16;

/** Whatever a terminal would act on, hide or reorder, as its code point; line ends and tabs stay. */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (char) =>
    char === '\n' || char === '\t' ? char : codePoint(char),
  );
}

/** The same on one line. */
export const visibleLine = (text: string): string => visibleText(text).replace(/[\n\t]/g, codePoint);

/** JSON that is safe to print: nothing but ASCII is in it. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Bytes that anybody may have written: as text where they are UTF-8, else in hex. */
export function showBytes(bytes: Buffer): { readonly kind: 'text' | 'hex'; readonly text: string } {
  const text = utf8(bytes);
  if (text === null) return { kind: 'hex', text: hexDump(bytes) };
  const left = text.length - MOST_TEXT;
  const shown = visibleText(text.slice(0, MOST_TEXT).toWellFormed());
  return { kind: 'text', text: left > 0 ? `${shown}\n… and ${left} characters more; --json has all` : shown };
}

export function hexDump(bytes: Buffer): string {
  const rows: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, MOST_HEX_BYTES); at += HEX_ROW) {
    const row = bytes.subarray(at, at + HEX_ROW);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = [...row].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(HEX_ROW * 3 - 1)}  |${ascii}|`);
  }
  const left = bytes.length - MOST_HEX_BYTES;
  return [...rows, ...(left > 0 ? [`… and ${left} bytes more; --json has all`] : [])].join('\n');
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const codePoint = (char: string): string => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
