export interface FoldedText {
  readonly shown: string;
  /** Characters of the whole text where it was cut; null where all of it is shown. */
  readonly total: number | null;
}

export interface FoldLimits {
  readonly characters: number;
  readonly lines: number;
}

export const BLOCK: FoldLimits = { characters: 1200, lines: 14 };
export const BRIEF: FoldLimits = { characters: 280, lines: 4 };

/** Cut only where it saves something: a fold that hides a few words costs more than it gives. */
const SLACK = 1.25;

/** The beginning of a long text. Never cuts a character in two. */
export function foldText(text: string, limits: FoldLimits = BLOCK): FoldedText {
  const end = Math.min(lineEnd(text, limits.lines), text.length > limits.characters * SLACK ? limits.characters : text.length);
  if (end >= text.length) return { shown: text, total: null };
  const whole = isLowSurrogate(text.charCodeAt(end)) ? end - 1 : end;
  return { shown: text.slice(0, whole), total: text.length };
}

function lineEnd(text: string, lines: number): number {
  let at = -1;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return text.length;
  }
  return text.slice(at + 1).split('\n', 4).length > 3 ? at : text.length;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
