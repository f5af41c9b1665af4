import { describe, expect, it } from '@jest/globals';
import { readOptions } from './cli-options.js';

describe('the options of npm start', () => {
  it('are none for a system that stays up', () => {
    expect(readOptions([])).toEqual({ isOnce: false, isJson: false, packets: null });
  });

  it.each([[['--once', '--json', '--packets', 'a.jsonl']], [['--packets=a.jsonl', '--json', '--once']]])(
    'may come in any order (%j)',
    (args) => {
      expect(readOptions(args)).toEqual({ isOnce: true, isJson: true, packets: 'a.jsonl' });
    },
  );

  it.each([
    [['--ones'], '"--ones" is not known here.'],
    [['--json'], 'go with --once'],
    [['--once', '--packets'], '--packets needs a file.'],
  ])('are refused with a sentence (%j)', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
