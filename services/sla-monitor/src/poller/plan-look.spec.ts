import { describe, expect, it } from '@jest/globals';
import type { Outlook } from '../store/due-clocks.js';
import { HELD_MILLISECONDS, isEarlier, planLook, TOGETHER_MILLISECONDS } from './plan-look.js';

const outlook = (over: Partial<Outlook>): Outlook => ({
  ...{ isFull: false, isHeld: false, next: null, milliseconds: null, overdue: 0, askedAt: 100 },
  ...over,
});

describe('the next look', () => {
  it.each([
    ['when the next clock is due', { milliseconds: 1234 }, 1224],
    ['after the idle time where nothing is armed', {}, 5000],
    ['after the idle time where the next clock is due later', { milliseconds: 60_000 }, 5000],
    ['at once where more was due than one look takes', { isFull: true, milliseconds: 60_000 }, 0],
    ['after a moment where somebody else holds what is due', { isHeld: true, milliseconds: 60_000 }, HELD_MILLISECONDS],
    ['sooner than that where another clock is due sooner', { isHeld: true, milliseconds: 22 }, 12],
    ['for several at once where they are due at almost the same time', { milliseconds: 11 }, TOGETHER_MILLISECONDS],
  ])('is %s', (_when, over, expected) => {
    expect(planLook(outlook(over), 110, 5)).toBe(expected);
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
