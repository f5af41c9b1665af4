export type TextPiece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'mark'; readonly code: string; readonly count: number };

/**
 * Characters that are there but not seen, or that reorder what is seen: controls, format characters (bidi, zero-width, tags),
 * line separators, lone surrogates, fillers that print nothing, and variation selectors, which can smuggle bytes.
 * Tab, newline and carriage return + newline are ordinary text.
 */
const HIDDEN =
  /\r(?!\n)|[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFFA0\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?![\t\n\r])\p{Cc}/gu;
const EMOJI_STYLE = /[\uFE0E\uFE0F]/u;
const STYLED = /[\p{Extended_Pictographic}0-9#*]$/u;

/** Text as pieces: what can be read as it stands, and a labelled mark for every run of what cannot. */
export function splitHidden(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let shown = '';
  let from = 0;
  const flush = () => {
    if (shown !== '') pieces.push({ kind: 'text', text: shown });
    shown = '';
  };
  for (const match of text.matchAll(HIDDEN)) {
    shown += text.slice(from, match.index);
    from = match.index + match[0].length;
    if (EMOJI_STYLE.test(match[0]) && STYLED.test(shown)) {
      shown += match[0];
      continue;
    }
    flush();
    const code = nameOf(match[0]);
    const last = pieces.at(-1);
    if (last?.kind === 'mark' && last.code === code) pieces.splice(-1, 1, { ...last, count: last.count + 1 });
    else pieces.push({ kind: 'mark', code, count: 1 });
  }
  shown += text.slice(from);
  flush();
  return pieces;
}

export const labelMark = ({ code, count }: { readonly code: string; readonly count: number }): string =>
  count === 1 ? `⟦${code}⟧` : `⟦${code} ×${count}⟧`;

/** The same as one string, for places that take no elements: accessible names, the page's title. */
export const showHidden = (text: string): string => splitHidden(text).map(writePiece).join('');

export const writePiece = (piece: TextPiece): string => (piece.kind === 'text' ? piece.text : labelMark(piece));

export const hasHidden = (text: string): boolean => splitHidden(text).some((piece) => piece.kind === 'mark');

const nameOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
