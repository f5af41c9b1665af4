import { describe, expect, it } from '@jest/globals';
import { readPasted } from './read-pasted.js';

describe('what is pasted as a packet', () => {
  it('is one where it is an object', () => {
    expect(readPasted(' {"task_id": "t"} ')).toEqual({ kind: 'packet', packet: { task_id: 't' } });
  });

  it.each([
    ['', /Paste/],
    ['[1]', /object/],
    ['{"a": }', /not JSON/],
  ])('is said not to be one otherwise: %j', (text, words) => {
    expect(readPasted(text)).toEqual({ kind: 'fault', words: expect.stringMatching(words) });
  });
});
