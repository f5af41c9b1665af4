import { describe, expect, it } from '@jest/globals';
import { childrenOf, describeJson, previewJson, typeOf } from './describe-json.js';

describe('describeJson', () => {
  it.each([
    [[1, 2], 'list, 2 items'],
    [['a'], 'list, 1 item'],
    [{}, 'object, empty'],
    [{ a: 1, b: 2 }, 'object, 2 fields'],
    [null, 'null'],
    [true, 'boolean'],
  ])('describes %j as %s', (value, words) => {
    expect(describeJson(value)).toBe(words);
  });

  it('keeps null and list apart from object', () => {
    expect([typeOf(null), typeOf([]), typeOf({}), typeOf('')]).toEqual(['null', 'list', 'object', 'string']);
  });

  it('names the items of a list by position, and a text has none', () => {
    expect(childrenOf(['a', 'b'])).toEqual([
      ['0', 'a'],
      ['1', 'b'],
    ]);
    expect(childrenOf('ab')).toEqual([]);
  });

  it('previews on one line', () => {
    expect(previewJson({ a: [1, 2] })).toBe('{"a":[1,2]}');
    expect(previewJson('x'.repeat(10), 4)).toBe('xxxx…');
  });
});
