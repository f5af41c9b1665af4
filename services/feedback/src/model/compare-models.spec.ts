import { describe, expect, it } from '@jest/globals';
import { calibrationDrift } from './calibration-drift.js';
import { compareModels, type JudgedTwice } from './compare-models.js';
import { sigmoid } from './fit-ridge.js';
import { seededRandom } from './random.js';
import type { JudgedCase } from './train-target.js';

const RUNS = Array.from({ length: 100 }, (_, seed) => seed + 1);

/**
 * Cases in groups of three whose odds are known; each model sees them through noise of its own.
 * @param tilt how far the challenger is off in a second slice, in log-odds
 */
function cases(
  seed: number,
  noise: { readonly champion: number; readonly challenger: number },
  count = 600,
  tilt = 0,
): readonly JudgedTwice[] {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, (_, at) => {
    const slice = at % 4 === 0 ? 'refunds' : 'orders';
    const odds = -0.5 + 1.2 * normal();
    const told = (spread: number, off = 0): number => sigmoid(odds + spread * normal() + off);
    return {
      group: Math.floor(at / 3),
      slice,
      isTrue: random() < sigmoid(odds),
      champion: told(noise.champion),
      challenger: told(noise.challenger, slice === 'refunds' ? tilt : 0),
    };
  });
}

const promoted = (noise: Parameters<typeof cases>[1]): number =>
  RUNS.filter((seed) => compareModels(cases(seed, noise)).verdict === 'better').length;

describe('a challenger', () => {
  it('that is worse is promoted in none of a hundred runs', () => {
    expect(promoted({ champion: 0.8, challenger: 1.2 })).toBe(0);
  });

  it('that is better is promoted in at least ninety of a hundred', () => {
    expect(promoted({ champion: 1.2, challenger: 0.6 })).toBeGreaterThanOrEqual(90);
  });

  it('that is as good is hardly ever promoted', () => {
    expect(promoted({ champion: 0.8, challenger: 0.8 })).toBeLessThanOrEqual(3);
  });

  it('that is better on the whole is not promoted while it is worse somewhere', () => {
    expect(compareModels(cases(1, { champion: 1.5, challenger: 0.4 }, 1200, 2.5)).verdict).toBe('worse-somewhere');
  });

  it('is not judged by few cases, by cases of few tasks, or by slices of a few each', () => {
    const all = cases(1, { champion: 1.5, challenger: 0.4 });
    expect(compareModels(all.slice(0, 90)).verdict).toBe('too-few');
    expect(compareModels(all.map((it) => ({ ...it, group: 'one' }))).verdict).toBe('too-few');
    expect(compareModels(all.map((it, at) => ({ ...it, slice: String(at % 100) }))).verdict).toBe('too-few');
  });
});

describe('a model’s calibration', () => {
  /** As said by a model that is off by so much in log-odds; groups of five that are hard or easy together. */
  const judged = (seed: number, off: number): readonly JudgedCase[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 60 }, (_, group) => {
      const own = 2 * random() - 1;
      return Array.from({ length: 5 }, () => {
        const odds = 2 * random() - 1;
        const isTrue = random() < sigmoid(odds + own);
        return { group, p: sigmoid(odds + off), isTrue };
      });
    }).flat();
  };

  it('is not doubted in two hundred runs of one that is right', () => {
    expect(RUNS.flatMap((seed) => [seed, seed + 1000]).filter((seed) => calibrationDrift(judged(seed, 0)).isOff)).toEqual([]);
  });

  it('is found to be off where failures come three times as often as was said', () => {
    expect(RUNS.filter((seed) => calibrationDrift(judged(seed, -1.5)).isOff).length).toBeGreaterThanOrEqual(95);
  });

  it('is found to be off at both ends although it is right on the whole', () => {
    const turned = RUNS.filter(
      (seed) => calibrationDrift(judged(seed, 0).map((it) => ({ ...it, p: 0.1 + 0.8 * Number(it.p < 0.5) }))).isOff,
    );
    expect(turned.length).toBeGreaterThanOrEqual(95);
  });

  it('is not doubted for being a little too careful, however often', () => {
    const careful = Array.from({ length: 3000 }, (_, group) => ({ group, p: 0.01, isTrue: false }));
    expect(calibrationDrift(careful).isOff).toBe(false);
  });

  it('is not judged by a few tasks', () => expect(calibrationDrift(judged(1, -3).slice(0, 40)).isOff).toBe(false));
});
