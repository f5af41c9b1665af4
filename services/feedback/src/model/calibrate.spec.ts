import { describe, expect, it } from '@jest/globals';
import { calibrate, calibrated } from './calibrate.js';
import { sigmoid } from './fit-ridge.js';
import { calibrationError } from './metrics.js';
import { seededRandom } from './random.js';

describe('calibration', () => {
  const random = seededRandom(3);
  const honest = Array.from({ length: 20_000 }, () => random() * 6 - 3);
  const isTrue = honest.map((margin) => Number(random() < sigmoid(margin)));
  const ones = honest.map(() => 1);

  it('undoes a distortion that is known: margins twice as bold as they should be, and shifted by one', () => {
    const { slope, shift } = calibrate(
      honest.map((margin) => 2 * margin + 1),
      isTrue,
      ones,
    );
    expect(slope).toBeCloseTo(0.5, 1);
    expect(shift).toBeCloseTo(-0.5, 1);
  });

  it('says afterwards what comes', () => {
    const bold = honest.map((margin) => 3 * margin);
    const calibration = calibrate(bold, isTrue, ones);
    const judged = (say: (margin: number) => number) => bold.map((margin, at) => ({ p: say(margin), isTrue: isTrue[at] === 1 }));
    expect(calibrationError(judged((margin) => sigmoid(margin)))).toBeGreaterThan(0.05);
    expect(calibrationError(judged((margin) => calibrated(calibration, margin)))).toBeLessThan(0.02);
  });

  it('changes little by what little evidence says', () => {
    expect(calibrate([2, -2], [0, 1], [1, 1]).slope).toBeGreaterThan(0.6);
  });
});
