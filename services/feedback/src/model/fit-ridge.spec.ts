import { describe, expect, it } from '@jest/globals';
import { columnsOf, fitRidge, marginOf, sigmoid } from './fit-ridge.js';
import { seededRandom } from './random.js';

/** Rows of two columns, of which the first alone changes the odds. */
function drawn(count: number, effect: number) {
  const random = seededRandom(7);
  const rows = Array.from({ length: count }, () => ({
    at: Int32Array.of(0, 1),
    value: Float64Array.of(random() * 2 - 1, random() * 2 - 1),
  }));
  const isTrue = Uint8Array.from(rows, ({ value }) => Number(random() < sigmoid(-0.5 + effect * (value[0] ?? 0))));
  const seen = columnsOf(rows, new Int32Array(count), 2, 1);
  return { rows, seen, isTrue, weights: new Float64Array(count).fill(1) };
}

describe('logistic regression with shrunk effects', () => {
  it('finds the effects that the cases were drawn with', () => {
    const { base, effects } = fitRidge({ ...drawn(20_000, 2), spread: Float64Array.of(10, 10, 0) });
    expect(base).toBeCloseTo(-0.5, 1);
    expect(Math.abs((effects[0] ?? 0) - 2)).toBeLessThan(0.1);
    expect(Math.abs(effects[1] ?? 1)).toBeLessThan(0.1);
  });

  it('stands where the slope of the penalised likelihood is none', () => {
    const { rows, seen, isTrue, weights } = drawn(400, 1);
    const linear = fitRidge({ seen, isTrue, weights, spread: Float64Array.of(0.5, 0.5, 0) });
    const slope = rows.reduce((sum, row, at) => sum + (row.value[0] ?? 0) * ((isTrue[at] ?? 0) - sigmoid(marginOf(linear, row))), 0);
    expect(slope - (linear.effects[0] ?? 0) / 0.25).toBeCloseTo(0, 1);
  });

  it('believes little of what few cases say', () => {
    const few = fitRidge({ ...drawn(10, 2), spread: Float64Array.of(0.1, 0.1, 0) });
    expect(Math.abs(few.effects[0] ?? 1)).toBeLessThan(0.1);
  });

  it('leaves out a column without a spread', () => {
    expect(fitRidge({ ...drawn(400, 1), spread: Float64Array.of(0, 1, 0) }).effects[0]).toBe(0);
  });
});
