import { hours } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { calendars, instant, instants, office } from './schedules.for-spec.js';
import { afterWorking, isWorking, workedSeconds } from './working-time.js';

const waits = fc.integer({ min: 0, max: hours(60) });

describe('working time', () => {
  it('goes on where it stopped, and counts back to what was waited', () => {
    fc.assert(
      fc.property(calendars, instants, waits, waits, (calendar, from, one, other) => {
        const first = afterWorking(calendar, from, one);
        expect(afterWorking(calendar, first, other)).toEqual(afterWorking(calendar, from, one + other));
        expect(workedSeconds(calendar, from, first)).toBe(one);
      }),
    );
  });

  it('never ends earlier for what began later', () => {
    fc.assert(
      fc.property(calendars, instants, instants, waits, (calendar, one, other, wait) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        expect(afterWorking(calendar, earlier, wait).getTime()).toBeLessThanOrEqual(afterWorking(calendar, later, wait).getTime());
      }),
    );
  });

  it('takes four hours of a Friday evening over to Monday', () => {
    expect(afterWorking(office, instant('2026-03-06T16:00Z'), hours(4))).toEqual(instant('2026-03-09T11:30Z'));
    expect(afterWorking(office, instant('2026-03-06T20:00Z'), hours(4))).toEqual(instant('2026-03-09T12:00Z'));
  });

  it.each([
    ['within a day', '2026-02-02T09:00Z', '2026-02-02T13:00Z'],
    ['to the last instant of one', '2026-02-02T12:30Z', '2026-02-02T16:30Z'],
    ['a second over it', '2026-02-02T12:30:01Z', '2026-02-03T08:00:01Z'],
    ['from the night', '2026-02-03T00:00Z', '2026-02-03T12:00Z'],
    ['over a holiday and the weekend behind it', '2026-12-24T15:30Z', '2026-12-28T11:00Z'],
    ['over the weekend on which the clocks go forward', '2026-03-27T15:30Z', '2026-03-30T10:00Z'],
    ['over the weekend on which they go back', '2026-10-23T14:30Z', '2026-10-26T11:00Z'],
    ['into a leap day', '2028-02-28T15:30Z', '2028-02-29T11:00Z'],
  ])('counts four hours %s', (_what, from, until) => {
    expect(afterWorking(office, instant(from), hours(4))).toEqual(instant(until));
  });

  it('leaves holidays out', () => {
    expect(afterWorking(office, instant('2026-12-24T16:00Z'), hours(1))).toEqual(instant('2026-12-28T08:30Z'));
    expect(isWorking(office, instant('2026-12-25T10:00Z'))).toBe(false);
    expect(isWorking(office, instant('2026-12-24T10:00Z'))).toBe(true);
  });

  it('counts the hours of a night on which clocks change as they are', () => {
    const nights = { ...office, hours: [{ days: ['sat' as const], from: '22:00', until: '06:00' }] };
    expect(workedSeconds(nights, instant('2026-03-28T12:00Z'), instant('2026-03-29T12:00Z'))).toBe(hours(7));
    expect(workedSeconds(nights, instant('2026-10-24T12:00Z'), instant('2026-10-25T12:00Z'))).toBe(hours(9));
    const newYork = { ...nights, timeZone: 'America/New_York' };
    expect(workedSeconds(newYork, instant('2026-03-07T12:00Z'), instant('2026-03-08T18:00Z'))).toBe(hours(7));
    expect(workedSeconds(newYork, instant('2026-10-31T12:00Z'), instant('2026-11-01T18:00Z'))).toBe(hours(9));
  });

  it('is all time without a calendar', () => {
    expect(afterWorking(null, instant('2026-03-06T20:00Z'), hours(4))).toEqual(instant('2026-03-07T00:00Z'));
    expect(workedSeconds(null, instant('2026-03-06T20:00Z'), instant('2026-03-07T00:00Z'))).toBe(hours(4));
  });
});
