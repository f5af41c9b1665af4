import { describe, expect, it } from '@jest/globals';
import { contentDigest } from './content-digest.js';

describe('contentDigest', () => {
  it('does not depend on the order of keys, nor on how numbers are written', () => {
    expect(contentDigest({ a: 1, b: { c: [1.0, 'x'], d: null } })).toBe(contentDigest({ b: { d: null, c: [1, 'x'] }, a: 1 }));
  });

  it('leaves the idempotency key out, and nothing else', () => {
    expect(contentDigest({ a: 1, idempotency_key: 'k' })).toBe(contentDigest({ a: 1 }));
    expect(contentDigest({ a: 1, key: 'k' })).not.toBe(contentDigest({ a: 1 }));
    expect(contentDigest({ a: [1, 2] })).not.toBe(contentDigest({ a: [2, 1] }));
  });
});
