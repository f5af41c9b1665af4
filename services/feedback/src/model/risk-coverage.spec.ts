import { describe, expect, it } from '@jest/globals';
import { byGroup } from './by-group.js';
import { errorOf } from './certify.js';
import { mean } from './metrics.js';
import { seededRandom } from './random.js';
import { riskCoverage, vouchedCut } from './risk-coverage.js';
import type { JudgedCase } from './train-target.js';

/** Tasks of four cases, half again as hard or easy as is said of them. */
function tasks(seed: number, count: number): readonly JudgedCase[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, group) => {
    const own = 0.5 + random();
    return Array.from({ length: 4 }, () => {
      const p = random() ** 2;
      return { group, p, isTrue: random() < Math.min(1, p * own) };
    });
  }).flat();
}

const world = byGroup(tasks(999, 20_000)); // as good as the truth
const trueError = (cut: number): number => mean(world.flatMap((own) => errorOf(own, cut)));

describe('the table of risk and coverage', () => {
  it('keeps each line’s promise in nine of ten draws', () => {
    const tables = Array.from({ length: 100 }, (_, seed) => riskCoverage(tasks(seed, 150)));
    const errors = new Map<number, number>();
    const errorAt = (cut: number): number => errors.get(cut) ?? (errors.set(cut, trueError(cut)), errorAt(cut));
    for (const risk of [0.05, 0.1, 0.2, 0.3]) {
      const cuts = tables.flatMap((table) => table.find((line) => line.risk === risk)?.cut ?? []);
      expect(cuts.filter((cut) => errorAt(cut) > risk).length).toBeLessThanOrEqual(10);
    }
    expect(tables.filter((table) => vouchedCut(table, 0.2) !== null).length).toBeGreaterThan(90); // and it does promise something
  });

  it('takes the largest risk that may be taken, and none beyond it', () => {
    const line = (risk: number, cut: number | null) => ({ risk, cut, delta: 0.1, alone: 0, error: 0 });
    const table = [line(0.05, null), line(0.1, 0.1), line(0.2, 0.4)];
    expect([0.05, 0.1, 0.15, 0.2, 1].map((risk) => vouchedCut(table, risk))).toEqual([null, 0.1, 0.1, 0.4, 0.4]);
  });
});
