import { describe, expect, it } from '@jest/globals';
import { inTotal, percentOf, type SlaRow } from './sla-rows.js';

const row = (decided: number, met: number): SlaRow => ({
  ...{ decided, met, attainment: decided === 0 ? null : met / decided },
  ...{ median_seconds: null, p90_seconds: null, breached_levels: 0, open: 2, late: 1 },
});

describe('attainment', () => {
  it('in total is that of everything together, not the mean of the rows', () => {
    expect(inTotal([row(98, 98), row(2, 0), row(0, 0)])).toEqual({ decided: 100, met: 98, attainment: 0.98, open: 6, late: 3 });
    expect(inTotal([]).attainment).toBeNull();
  });

  it.each([
    [1, '100 %'],
    [0.9999, '> 99.9 %'],
    [0.9754, '97.5 %'],
    [0.0001, '< 0.1 %'],
    [0, '0 %'],
    [null, '–'],
  ])('%p is said as %s', (attainment, text) => {
    expect(percentOf(attainment)).toBe(text);
  });
});
