import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryDelay } from './retry-delay.js';

describe('the wait before another attempt', () => {
  it('doubles its ceiling until the highest', () => {
    const longest = (attempt: number) => retryDelay(attempt, 5, () => 1);
    expect([1, 2, 3, 4, 5, 6, 7].map(longest)).toEqual([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5]);
  });

  it('is never negative and never above the ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, drawn) => {
        const wait = retryDelay(attempt, 5, () => drawn);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('counts attempts from 1', () => {
    expect(() => retryDelay(0)).toThrow(RangeError);
  });
});
