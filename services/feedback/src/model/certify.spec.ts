import { describe, expect, it } from '@jest/globals';
import { byGroup } from './by-group.js';
import { certify, errorOf } from './certify.js';
import { controlRisk, lossOf } from './control-risk.js';
import { mean } from './metrics.js';
import { seededRandom } from './random.js';
import type { JudgedCase } from './train-target.js';

/** Tasks of twelve cases. Each is harder or easier than what is said of it by up to `hardness`, and all of them are by `bias` times. */
function tasks(seed: number, hardness: number, count: number, bias = 1): readonly JudgedCase[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, group) => {
    const own = 1 + hardness * (random() * 2 - 1);
    return Array.from({ length: 12 }, () => {
      const p = random() ** 2;
      return { group: String(group), p, isTrue: random() < Math.min(1, p * own * bias) };
    });
  }).flat();
}

const world = byGroup(tasks(999, 1, 20_000)); // as good as the truth
const DRAWS = Array.from({ length: 200 }, (_, seed) => seed);

describe('a certified cut', () => {
  it('keeps its promise in nine of ten draws, however much tasks differ', () => {
    const harder = byGroup(tasks(999, 1, 20_000, 1.5));
    const trueErrors = new Map(
      [2.5, 2, 1.5, 1].map((times) => times * 0.07).map((cut) => [cut, mean(harder.flatMap((it) => errorOf(it, cut)))]),
    );
    const cuts = DRAWS.flatMap((seed) => certify(tasks(seed, 1, 200, 1.5), 0.07, 0.1).cut ?? []);
    expect(cuts.filter((cut) => (trueErrors.get(cut) ?? 1) > 0.07).length).toBeLessThanOrEqual(20);
    expect(Math.max(...trueErrors.values())).toBeGreaterThan(0.07); // one that is wrong was there to be taken
    expect(cuts.length).toBeGreaterThan(100); // and it does promise something
  });

  it('is none where too few tasks were seen', () => {
    expect(certify(tasks(1, 1, 6), 0.1, 0.1).cut).toBeNull();
  });

  it('is none where what is said to be safe is not', () => {
    const lies = tasks(1, 0, 200).map((it) => ({ ...it, isTrue: it.p < 0.5 }));
    expect(certify(lies, 0.1, 0.1).cut).toBeNull();
  });
});

describe('a controlled cut', () => {
  it('keeps the mean loss over draws, each with a new task, where it was asked to be', () => {
    const losses = DRAWS.map((seed) => lossOf(world[seed] ?? [], controlRisk(tasks(seed, 1, 60), 0.1)));
    const standardError = Math.sqrt(mean(losses.map((it) => (it - mean(losses)) ** 2)) / losses.length);
    expect(mean(losses)).toBeLessThan(0.1 + 2 * standardError);
    expect(mean(losses)).toBeGreaterThan(0.05);
  });

  it('is none where too few tasks were seen for any', () => expect(controlRisk(tasks(1, 0, 5), 0.1)).toBe(0));
});
