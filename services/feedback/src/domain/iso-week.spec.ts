import { describe, expect, it } from '@jest/globals';
import { readWeek, weekOf, weeksUpTo } from './iso-week.js';

describe('a week', () => {
  it.each([
    ['2026-11-28T12:00:00Z', '2026-W48'],
    ['2026-11-30T00:00:00Z', '2026-W49'],
    ['2027-01-03T23:59:59Z', '2026-W53'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
  ])('that %s is in, is %s, by ISO 8601', (instant, name) => {
    const week = weekOf(new Date(instant));
    expect(week.name).toBe(name);
    expect(readWeek(name)).toEqual(week);
  });

  it.each(['2026-W54', '2025-W53', '2026-W00', '2026-48', ''])('is none by the name of "%s"', (name) => {
    expect(readWeek(name)).toBeNull();
  });

  it('follows the one before it', () => {
    const weeks = weeksUpTo(weekOf(new Date('2027-01-05T00:00:00Z')), 3);
    expect(weeks.map(({ name }) => name)).toEqual(['2026-W52', '2026-W53', '2027-W01']);
    expect(weeks[1]?.from).toEqual(weeks[0]?.until);
  });
});
