import { describe, expect, it } from '@jest/globals';
import { readClockOptions } from './clock-options.js';

describe('the options of the clocks’ bench', () => {
  it('are those of the promise when nothing is said', () => {
    expect(readClockOptions([])).toMatchObject({ due: 10_000, within: 60, armed: 1_000_000, backlog: 100_000, replicas: [2, 4] });
  });

  it('make it smaller', () => {
    expect(readClockOptions(['--due=100', '--within', '5', '--replicas', '2', '--json'])).toMatchObject({
      ...{ due: 100, within: 5, replicas: [2], isJson: true },
    });
  });

  it.each([['--due', 'many'], ['--replicas', '0'], ['--fast']])('are refused where they mean nothing: %s %s', (...args) => {
    expect(() => readClockOptions(args)).toThrow('Usage: npm run bench');
  });
});
