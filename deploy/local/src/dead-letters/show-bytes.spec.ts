import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asciiJson, showBytes, visibleLine } from './show-bytes.js';

describe('bytes of a dead letter', () => {
  it('are text where they are UTF-8, with all visible that would hide, reorder or command', () => {
    const text = 'a\u001b[2Jb \u202Ec\u200bd\ufeffe\u0000f\u00adg\u{E0041}h\u2028 äö 漢\n\tnext';
    expect(showBytes(Buffer.from(text))).toEqual({
      kind: 'text',
      text: 'a[U+001B][2Jb [U+202E]c[U+200B]d[U+FEFF]e[U+0000]f[U+00AD]g[U+E0041]h[U+2028] äö 漢\n\tnext',
    });
  });

  it('are in hex where they are not', () => {
    expect(showBytes(Buffer.from([0x7b, 0xff, 0x00, 0x41]))).toEqual({
      kind: 'hex',
      text: `00000000  7b ff 00 41${' '.repeat(36)}  |{..A|`,
    });
  });

  it('are cut where they are many, and say so', () => {
    expect(showBytes(Buffer.alloc(10_000, 0xff)).text).toMatch(/… and 5904 bytes more; --json has all$/);
    expect(showBytes(Buffer.from('x'.repeat(70_000))).text).toMatch(/… and 4464 characters more; --json has all$/);
  });

  it('never command a terminal, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(showBytes(Buffer.from(bytes)).text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });

  it('are on one line in a list, and in ASCII as JSON', () => {
    expect(visibleLine('a\nb\tc')).toBe('a[U+000A]b[U+0009]c');
    const value = { text: 'ä\u202E\u009b漢\u{1F600}\u0007' };
    expect(asciiJson(value)).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(asciiJson(value))).toEqual(value);
  });
});
