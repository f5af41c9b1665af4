import { describe, expect, it } from '@jest/globals';
import { formatSpan } from './format-span.js';

describe('how long something takes', () => {
  it.each([
    [0, '0 s'],
    [45.4, '45 s'],
    [90, '1 min 30 s'],
    [900, '15 min'],
    [3900, '1 h 5 min'],
    [14_400, '4 h'],
    [183_600, '2 d 3 h'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });
});
