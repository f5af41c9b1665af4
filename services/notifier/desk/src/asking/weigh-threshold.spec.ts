import { describe, expect, it } from '@jest/globals';
import { stepOf, THRESHOLDS, weighThreshold } from './weigh-threshold.js';

const bins = [
  { from: 0, to: 0.1, n: 60, said: 0.05, came: 0.05 },
  { from: 0.1, to: 0.5, n: 30, said: 0.3, came: 0.2 },
  { from: 0.5, to: 1, n: 10, said: 0.8, came: 0.9 },
];

describe('a threshold', () => {
  it('shows people’s load against errors: the more is asked, the less goes wrong', () => {
    const weighed = [0, 0.1, 0.5, 1].map((it) => weighThreshold(bins, it));
    expect(weighed.map(({ asked }) => Math.round(asked * 100))).toEqual([100, 40, 10, 0]);
    expect(weighed.map(({ wrong }) => Math.round(wrong * 100))).toEqual([0, 3, 9, 18]);
  });

  it('begins at the one that advice is by, or the next below it, which asks about as many', () => {
    expect([0, 0.05, 0.2, 0.29, 1].map((it) => THRESHOLDS[stepOf(it)])).toEqual([0, 0, 0.2, 0.2, 1]);
  });

  it('says nothing of what was never seen', () => {
    expect(weighThreshold([], 0.5)).toEqual({ asked: 0, wrong: 0 });
  });
});
