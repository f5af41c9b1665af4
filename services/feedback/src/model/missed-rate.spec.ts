import { describe, expect, it } from '@jest/globals';
import { corrected, missedRate, type Unasked } from './missed-rate.js';
import { seededRandom } from './random.js';

const RIGHT = 0.9;

/** 1,000 tasks, a fifth escalated; of the rest some should have been, and one in twenty is audited by somebody right nine times in ten. */
function simulated(seed: number, shareMissed: number, propensityOf: (isMissed: boolean) => number = () => 0.05) {
  const random = seededRandom(seed);
  const tasks = Array.from({ length: 1000 }, () => ({ isEscalated: random() < 0.2, isMissed: random() < shareMissed }));
  const unasked = tasks.filter(({ isEscalated }) => !isEscalated);
  const seen = unasked.map(({ isMissed }): Unasked => {
    const propensity = propensityOf(isMissed);
    if (random() >= propensity) return { propensity, isMissed: null };
    return { propensity, isMissed: random() < RIGHT ? isMissed : !isMissed };
  });
  return { seen, truth: unasked.filter(({ isMissed }) => isMissed).length / unasked.length };
}

describe('the rate of missed escalations, from audits', () => {
  it.each([0.1, 0.3])('covers the truth in at least 93 of 100 runs: %s missed', (share) => {
    const runs = Array.from({ length: 100 }, (_, seed) => simulated(seed + 1, share));
    const covered = runs.filter(({ seen, truth }) => {
      const rate = missedRate(seen);
      const { low, high } = corrected(rate ?? { rate: NaN, low: NaN, high: NaN }, RIGHT);
      return low <= truth && truth <= high;
    });
    expect(covered.length).toBeGreaterThanOrEqual(93);
  });

  it('is not misled by audits that look where misses are', () => {
    const runs = Array.from({ length: 100 }, (_, seed) => simulated(seed + 1, 0.2, (isMissed) => (isMissed ? 0.3 : 0.05)));
    const rates = runs.map(({ seen }) => missedRate(seen)?.rate ?? NaN);
    const said = 0.2 * RIGHT + 0.8 * (1 - RIGHT); // what auditors who err would say of all
    expect(rates.reduce((sum, it) => sum + it, 0) / rates.length).toBeCloseTo(said, 1);
  });

  it('is unknown without an audit, and not zero', () => {
    expect(missedRate([{ propensity: 0.05, isMissed: null }])).toBeNull();
  });
});
