import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('what is injected', () => {
  it('is the short run unless something else is said', () => {
    const { faults, isFull, rate } = readOptions([]);
    expect(isFull).toBe(false);
    expect(rate).toBe(5);
    expect(faults.map(({ name }) => name)).toContain('kill');
    expect(faults.every(({ short }) => short > 0)).toBe(true);
  });

  it('can be named', () => {
    expect(readOptions(['--only=kill', '--seed', '7']).faults.map(({ name }) => name)).toEqual(['kill']);
    expect(() => readOptions(['--only', 'flood'])).toThrow('There is no fault "flood"; there are races');
  });

  it('is not guessed', () => {
    expect(() => readOptions(['--ful'])).toThrow('"--ful" is not known here. Usage: npm run faults');
    expect(() => readOptions(['--rate', '0'])).toThrow('--rate takes a whole number');
  });
});
