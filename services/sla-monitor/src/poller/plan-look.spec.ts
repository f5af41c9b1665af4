import { describe, expect, it } from '@jest/globals';
import { BUSY_MILLISECONDS, isEarlier, planLook } from './plan-look.js';

describe('the next look', () => {
  it.each([
    ['when the next clock is due', 1234, 1234],
    ['after the idle time where nothing is armed', null, 5000],
    ['after the idle time where the next clock is due later', 60_000, 5000],
    ['after a moment where somebody else holds what is due', -300, BUSY_MILLISECONDS],
  ])('is %s', (_when, untilDue, expected) => {
    expect(planLook(untilDue, 5)).toBe(expected);
  });
});

describe('a word of what was armed', () => {
  it('wakes when it is due before the next look', () => {
    expect(isEarlier('1000', 2000)).toBe(true);
    expect(isEarlier('3000 1000', 2000)).toBe(true);
  });

  it('does not wake when it is due later', () => {
    expect(isEarlier('2000 3000', 2000)).toBe(false);
  });

  it('wakes when it says nothing, or nothing that can be read', () => {
    expect(isEarlier('', 0)).toBe(true);
    expect(isEarlier('soon', 0)).toBe(true);
  });
});
