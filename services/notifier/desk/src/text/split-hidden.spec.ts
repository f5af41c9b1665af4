import { describe, expect, it } from '@jest/globals';
import { hasHidden, showHidden, splitHidden } from './split-hidden.js';

describe('splitHidden', () => {
  it('leaves ordinary text, tabs, newlines and emoji alone', () => {
    for (const text of ['Refund €20\r\n\tto Zoë', 'שלום', '❤️ 1️⃣', '']) expect(hasHidden(text)).toBe(false);
  });

  it('shows a right-to-left override where it stands', () => {
    expect(splitHidden('invoice\u202Egnp.exe')).toEqual([
      { kind: 'text', text: 'invoice' },
      { kind: 'mark', code: 'U+202E', count: 1 },
      { kind: 'text', text: 'gnp.exe' },
    ]);
  });

  it.each(['\u200B', '\u200F', '\u2066', '\u2069', '\uFEFF', '\u00AD', '\u0007', '\u007F', '\u0085', '\u2028', '\u3164', '\u061C'])(
    'makes %j visible',
    (character) => {
      expect(showHidden(`a${character}b`)).toMatch(/^a⟦U\+[0-9A-F]{4,}⟧b$/);
    },
  );

  it('counts a run of the same character in one mark, so that a thousand do not bury the text', () => {
    expect(showHidden(`a${'\u200B'.repeat(1000)}b`)).toBe('a⟦U+200B ×1000⟧b');
  });

  it('shows tag characters, lone surrogates and stray variation selectors', () => {
    expect(showHidden('\u{E0041}')).toBe('⟦U+E0041⟧');
    expect(showHidden('\uD800x')).toBe('⟦U+D800⟧x');
    expect(showHidden('a\uFE0F')).toBe('a⟦U+FE0F⟧');
  });

  it('shows a carriage return that could overwrite a line', () => {
    expect(showHidden('pay 5\rpay 9')).toBe('pay 5⟦U+000D⟧pay 9');
  });
});
