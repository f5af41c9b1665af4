import { describe, expect, it } from '@jest/globals';
import { weekAfter, weekBefore, weekOf } from './week.js';

const at = (month: number, day: number, hour = 0) => new Date(2026, month - 1, day, hour).getTime();

describe('a week', () => {
  it('has seven days of the reader’s from a Monday on, however long they are', () => {
    for (const instant of [at(3, 2), at(3, 5, 13), at(3, 8, 23)])
      expect(weekOf(instant)).toEqual({ days: [2, 3, 4, 5, 6, 7, 8].map((day) => at(3, day)), from: at(3, 2), until: at(3, 9) });
  });

  it('is followed by the next one without a gap, through every change of clocks of a year', () => {
    let week = weekOf(at(1, 1));
    for (let count = 0; count < 53; count++) {
      const next = weekAfter(week);
      expect([next.from, next.days.length, new Date(next.from).getHours(), new Date(next.from).getDay()]).toEqual([week.until, 7, 0, 1]);
      expect(weekBefore(next)).toEqual(week);
      week = next;
    }
  });
});
