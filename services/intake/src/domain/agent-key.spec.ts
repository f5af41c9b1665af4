import { describe, expect, it } from '@jest/globals';
import { hashKey, makeKey, readBearer } from './agent-key.js';

describe('an agent key', () => {
  it('has 256 random bits behind its prefix, and another hash each time', () => {
    const [one, other] = [makeKey(), makeKey()];
    expect(one).toMatch(/^hk_[A-Za-z0-9_-]{43}$/);
    expect(hashKey(one)).not.toBe(hashKey(other));
    expect(hashKey(one)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is read from a bearer header, whatever the case of the scheme', () => {
    const key = makeKey();
    expect(readBearer(`Bearer ${key}`)).toBe(key);
    expect(readBearer(`bearer   ${key} `)).toBe(key);
  });

  it.each([undefined, '', 'Bearer', `Basic ${makeKey()}`, 'Bearer hk_short', `Bearer ${makeKey()} more`, `Bearer ${makeKey()}=`])(
    'is not found in %p',
    (header) => {
      expect(readBearer(header)).toBeNull();
    },
  );
});
