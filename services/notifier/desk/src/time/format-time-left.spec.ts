import { describe, expect, it } from '@jest/globals';
import { formatAgo, formatTimeLeft } from './format-time-left.js';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const inSeconds = (seconds: number) => formatTimeLeft(NOW + seconds * 1000, NOW);

describe('formatTimeLeft', () => {
  it.each([
    [4, '0:04', '4 seconds left', 'soon'],
    [247, '4:07', '4 minutes left', 'soon'],
    [900, '15:00', '15 minutes left', 'calm'],
    [3900, '1 h 05 min', '1 hour 5 minutes left', 'calm'],
    [183_600, '2 d 3 h', '2 days 3 hours left', 'calm'],
    [-61, 'late 1:01', 'late by 1 minute', 'late'],
    [-7200, 'late 2 h 00 min', 'late by 2 hours 0 minutes', 'late'],
  ])('shows %d seconds as %s', (seconds, text, spoken, tone) => {
    expect(inSeconds(seconds)).toEqual({ text, spoken, tone });
  });

  it('is late from the very instant it was due', () => {
    expect(inSeconds(0).tone).toBe('late');
  });
});

describe('formatAgo', () => {
  it.each([
    [5, 'just now'],
    [725, '12 min ago'],
    [7300, '2 h ago'],
    [260_000, '3 d ago'],
    [-30, 'just now'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(formatAgo(NOW - seconds * 1000, NOW)).toBe(text);
  });
});
