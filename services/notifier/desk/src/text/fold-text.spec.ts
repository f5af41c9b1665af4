import { describe, expect, it } from '@jest/globals';
import { foldText } from './fold-text.js';

const limits = { characters: 10, lines: 2 };

describe('foldText', () => {
  it('shows a short text whole', () => {
    expect(foldText('short', limits)).toEqual({ shown: 'short', total: null });
  });

  it('cuts one very long line and says how long it is', () => {
    expect(foldText('x'.repeat(50), limits)).toEqual({ shown: 'x'.repeat(10), total: 50 });
  });

  it('cuts many short lines', () => {
    expect(foldText('a\nb\nc\nd\ne\nf', { characters: 100, lines: 2 })).toEqual({ shown: 'a\nb', total: 11 });
  });

  it('does not cut to save a line or two', () => {
    expect(foldText('a\nb\nc', { characters: 100, lines: 2 }).total).toBeNull();
    expect(foldText('x'.repeat(12), limits).total).toBeNull();
  });

  it('never cuts a character in two', () => {
    expect(foldText(`${'x'.repeat(9)}😀${'y'.repeat(20)}`, limits).shown).toBe('x'.repeat(9));
  });
});
