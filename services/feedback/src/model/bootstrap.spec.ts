import { describe, expect, it } from '@jest/globals';
import { calibratedBand, groupBootstrap } from './bootstrap.js';
import { calibrationError } from './metrics.js';
import { seededRandom } from './random.js';

describe('the bootstrap over groups', () => {
  it('knows the mean without doubt where all groups agree', () => {
    const same = Array.from({ length: 20 }, (_, at) => ({ group: String(at % 5), value: 3 }));
    expect(groupBootstrap(same)).toEqual({ mean: 3, low: 3, high: 3 });
  });

  it('is as wide for thirty copies of each case as for one', () => {
    const random = seededRandom(2);
    const once = Array.from({ length: 40 }, (_, at) => ({ group: String(at), value: random() }));
    const { low, high } = groupBootstrap(once);
    const copies = groupBootstrap(once.flatMap((it) => new Array<typeof it>(30).fill(it)));
    expect(copies.low).toBeCloseTo(low, 9);
    expect(copies.high).toBeCloseTo(high, 9);
  });

  it('covers the truth in most worlds', () => {
    const worlds = Array.from({ length: 100 }, (_, seed) => {
      const random = seededRandom(seed);
      return groupBootstrap(
        Array.from({ length: 60 }, (_unused, group) => {
          const own = random();
          return Array.from({ length: 5 }, () => ({ group: String(group), value: own + random() }));
        }).flat(),
      );
    });
    expect(worlds.filter(({ low, high }) => low <= 1 && 1 <= high).length).toBeGreaterThanOrEqual(89);
  });
});

describe('the band of a calibrated model', () => {
  const random = seededRandom(4);
  const ps = Array.from({ length: 1000 }, () => random());

  it('has room for one that says what is likely, and none for one that does not', () => {
    const honest = ps.map((p) => ({ p, isTrue: random() < p }));
    const bold = ps.map((p) => ({ p, isTrue: random() < 0.5 + (p - 0.5) / 2 }));
    expect(calibrationError(honest)).toBeLessThan(calibratedBand(honest) * 1.2);
    expect(calibrationError(bold)).toBeGreaterThan(calibratedBand(bold));
  });
});
