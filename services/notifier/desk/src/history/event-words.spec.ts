import { HISTORY_EVENTS } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { eventWords, inOwnTime } from './event-words.js';

describe('a line of the history', () => {
  it('has a word for each thing that can happen', () => {
    expect(HISTORY_EVENTS.map(eventWords).filter((word) => /[a-z]_|^$/.test(word))).toEqual([]);
  });

  it('has its instants in the reader’s own time', () => {
    const text = 'The clock runs to 2026-11-28T10:15:00.000Z until it is decided';
    expect(inOwnTime(text, () => 'a quarter past ten')).toBe('The clock runs to a quarter past ten until it is decided');
    expect(inOwnTime('ana votes approve, 1 of 2', () => '!')).toBe('ana votes approve, 1 of 2');
  });
});
