import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitText } from './fit-text.js';

const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('a text that a channel has a limit for', () => {
  it('is left alone where it fits', () => {
    expect(fitText('x'.repeat(100), 100)).toBe('x'.repeat(100));
  });

  it('is cut before the limit, says so, and never within a character', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 200, unit: 'grapheme' }), fc.integer({ min: 60, max: 150 }), (text, limit) => {
        const cut = fitText(text, limit, bytesOf);
        expect(bytesOf(cut)).toBeLessThanOrEqual(limit);
        expect(cut).toMatch(/… \(shortened; the link shows all\)$/);
        expect(Buffer.from(cut).toString()).toBe(cut);
      }),
    );
  });
});
