import { describe, expect, it } from '@jest/globals';
import { retryAfter } from './retry-after.js';

describe('Retry-After', () => {
  it.each([
    ['30', 30],
    [' 0 ', 0],
    ['999999', 3600],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['', null],
    [undefined, null],
  ])('of %j is %j seconds', (header, seconds) => {
    expect(retryAfter(header, Date.parse('2026-01-01T00:00:00Z'))).toBe(seconds);
  });
});
