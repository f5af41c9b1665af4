import { describe, expect, it } from '@jest/globals';
import { fromRawHeaders, toRawHeaders } from './raw-headers.js';

describe('headers that are kept for a replay', () => {
  it('come back as they were: bytes that are no text, a name several times, a name without a value', () => {
    const headers = { ce_id: Buffer.from([0xc3, 0x28]), twice: [Buffer.from('a'), Buffer.from('b')], none: null };
    expect(fromRawHeaders(toRawHeaders(headers))).toEqual(headers);
  });

  it('may have any name that the database can hold', () => {
    expect(toRawHeaders({ 'a\u0000b': 'x' })).toEqual([['a\uFFFDb', Buffer.from('x').toString('base64')]]);
  });
});
