import { describe, expect, it } from '@jest/globals';
import { auc, binsOf, brier, calibrationError, logLoss, metricsOf } from './metrics.js';

const judged = (...pairs: readonly [p: number, isTrue: boolean][]) => pairs.map(([p, isTrue]) => ({ p, isTrue }));

describe('metrics, against values worked out by hand', () => {
  const four = judged([0.9, true], [0.6, false], [0.4, true], [0.1, false]);

  it('counts three of four pairs as told apart', () => expect(auc(four)).toBe(0.75));
  it('counts a tie as half a pair', () => expect(auc(judged([0.5, true], [0.5, false]))).toBe(0.5));
  it('knows no AUC where all came out alike', () => expect(auc(judged([0.2, true], [0.3, true]))).toBeNaN());
  it('takes the mean square of what was missed', () => expect(brier(four)).toBeCloseTo((0.01 + 0.36 + 0.36 + 0.01) / 4, 12));
  it('takes the mean surprise', () => expect(logLoss(four)).toBeCloseTo(-Math.log(0.9 * 0.4 * 0.4 * 0.9) / 4, 12));
  it('is finite where certainty was wrong', () => expect(logLoss(judged([0, true]))).toBeCloseTo(-Math.log(1e-6), 9));

  it('weighs each bin by how many are in it', () => {
    const cases = judged([0.05, false], [0.15, true], [0.15, false], [1, true]);
    expect(calibrationError(cases)).toBeCloseTo((0.05 + 2 * 0.35 + 0) / 4, 12);
    expect(binsOf(cases).map(({ n }) => n)).toEqual([1, 2, 1]);
  });

  it('tells all of them together', () => expect(metricsOf(four)).toMatchObject({ n: 4, auc: 0.75 }));
});
