import { describe, expect, it } from '@jest/globals';
import { Random } from './random.js';

describe('what is drawn', () => {
  it('is the same for the same seed, and another for another', () => {
    const draws = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.whole(1, 1000));
    };
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
  });

  it('keeps to its bounds and weights', () => {
    const random = new Random(1);
    const names = Array.from({ length: 2000 }, () => random.draw({ often: 9, seldom: 1, never: 0 }));
    const seldom = names.filter((name) => name === 'seldom').length;
    expect(names).not.toContain('never');
    expect(seldom).toBeGreaterThan(120);
    expect(seldom).toBeLessThan(280);
  });
});
