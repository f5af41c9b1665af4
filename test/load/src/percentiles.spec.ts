import { describe, expect, it } from '@jest/globals';
import { percentiles } from './percentiles.js';

describe('percentiles', () => {
  it('are values that were measured, whatever their order', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(percentiles(values)).toEqual({ p50: 50, p95: 95, p99: 99 });
  });

  it('of one value are that value', () => {
    expect(percentiles([7.26])).toEqual({ p50: 7.3, p95: 7.3, p99: 7.3 });
  });
});
