import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('the options of the bench', () => {
  it('measure three levels when nothing is said', () => {
    expect(readOptions([])).toEqual({ isJson: false, concurrency: [1, 32, 256], seconds: 10, writes: false });
  });

  it('are taken with a space and with an equals sign', () => {
    expect(readOptions(['--json', '--concurrency=4,8', '--seconds', '3'])).toMatchObject({ isJson: true, concurrency: [4, 8], seconds: 3 });
  });

  it.each([['--concurrency', 'many'], ['--seconds', '0'], ['--seconds'], ['--fast']])(
    'are refused where they mean nothing: %s %s',
    (...args) => {
      expect(() => readOptions(args)).toThrow('Usage: npm run bench');
    },
  );
});
