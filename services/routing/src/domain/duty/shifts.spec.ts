import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { personByTheWall } from './by-the-wall.for-spec.js';
import type { Override, Schedule } from './schedule.js';
import { ana, aLayer, aSchedule, ben, chloe, instant, instants, overrides, schedules } from './schedules.for-spec.js';
import { pieceAt, shiftsIn } from './shifts.js';

const whoAt = (schedule: Schedule, at: string, over: readonly Override[] = []): string | null =>
  pieceAt(schedule, over, Date.parse(at)).person;
const told = (schedule: Schedule, from: string, until: string, over: readonly Override[] = []) =>
  shiftsIn(schedule, over, instant(from), instant(until)).map((it) => `${it.from.toISOString().slice(0, 16)} ${it.person ?? '-'}`);

const LONGEST = 30 * 86_400_000;

describe('a schedule', () => {
  it('has one person or an explicit gap at any instant, and shifts that tile a range and say the same', () => {
    fc.assert(
      fc.property(schedules, overrides, fc.tuple(instants, instants), instants, (schedule, over, ends, at) => {
        const [from, last] = ends.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date];
        const until = new Date(Math.min(last.getTime(), from.getTime() + LONGEST));
        const shifts = shiftsIn(schedule, over, from, until);
        expect(shifts[0]?.from ?? from).toEqual(from);
        expect(shifts.at(-1)?.until ?? from).toEqual(until);
        shifts.slice(1).forEach((shift, i) => expect(shift.from).toEqual(shifts[i]?.until));
        for (const shift of shifts) expect(shift.from.getTime()).toBeLessThan(shift.until.getTime());
        const holding = shifts.filter((shift) => shift.from <= at && at < shift.until);
        expect(holding).toHaveLength(from <= at && at < until ? 1 : 0);
        for (const shift of holding) {
          const { person, because } = pieceAt(schedule, over, at.getTime());
          expect({ person, because }).toEqual({ person: shift.person, because: shift.because });
        }
      }),
    );
  });

  it('has whom its author would name by the clock on the wall', () => {
    fc.assert(
      fc.property(schedules, fc.array(instants, { minLength: 1, maxLength: 20 }), (schedule, ats) => {
        for (const at of ats) {
          const expected = personByTheWall(schedule, at);
          if (expected !== undefined) expect(pieceAt(schedule, [], at.getTime()).person).toBe(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has nobody before it starts, and hands over to the second', () => {
    expect(whoAt(aSchedule(), '2026-01-05T07:59:59Z')).toBeNull();
    expect(whoAt(aSchedule(), '2026-01-05T08:00:00Z')).toBe(ana);
    expect(whoAt(aSchedule(), '2026-01-12T07:59:59.999Z')).toBe(ana);
    expect(whoAt(aSchedule(), '2026-01-12T08:00:00Z')).toBe(ben);
  });

  it.each([
    ['Europe/Berlin', '2026-03-23', ['2026-03-23T08:00 ben', '2026-03-30T07:00 ana', '2026-04-06T07:00 ben']],
    ['Europe/Berlin', '2026-10-19', ['2026-10-19T07:00 ben', '2026-10-26T08:00 ana', '2026-11-02T08:00 ben']],
    ['America/New_York', '2026-03-02', ['2026-03-02T14:00 ana', '2026-03-09T13:00 ben', '2026-03-16T13:00 ana']],
    ['America/New_York', '2026-10-26', ['2026-10-26T13:00 ana', '2026-11-02T14:00 ben', '2026-11-09T14:00 ana']],
  ])('hands over at nine of %s in the weeks of %s, whatever its clocks do', (timeZone, monday, expected) => {
    const from = Date.parse(`${monday}T12:00Z`);
    const shifts = shiftsIn(aSchedule([aLayer()], { timeZone }), [], new Date(from - 86_400_000), new Date(from + 15 * 86_400_000));
    expect(shifts.slice(1).map((it) => `${it.from.toISOString().slice(0, 16)} ${it.person}`)).toEqual(expected);
  });

  it('counts turns of hours exactly, also over a night on which clocks change', () => {
    const schedule = aSchedule([aLayer({ starts: '2026-03-28T20:00', turn: { unit: 'hours', count: 12 } })]);
    expect(told(schedule, '2026-03-28T19:00Z', '2026-03-29T19:00Z')).toEqual(['2026-03-28T19:00 ana', '2026-03-29T07:00 ben']);
  });

  it('turns daily over a leap day', () => {
    const schedule = aSchedule([aLayer({ starts: '2028-02-28T09:00', turn: { unit: 'days', count: 1 } })], { timeZone: 'UTC' });
    expect(told(schedule, '2028-02-28T09:00Z', '2028-03-02T09:00Z')).toEqual([
      '2028-02-28T09:00 ana',
      '2028-02-29T09:00 ben',
      '2028-03-01T09:00 ana',
    ]);
  });

  it('lets nights over midnight stand over the days, on the days that they begin on', () => {
    const nights = aLayer({ id: 'nights', people: [chloe], hours: [{ days: ['fri', 'sat'], from: '22:00', until: '06:00' }] });
    expect(told(aSchedule([aLayer(), nights]), '2026-01-16T12:00Z', '2026-01-19T12:00Z')).toEqual([
      '2026-01-16T12:00 ben',
      '2026-01-16T21:00 chloe',
      '2026-01-17T05:00 ben',
      '2026-01-17T21:00 chloe',
      '2026-01-18T05:00 ben',
      '2026-01-19T08:00 ana',
    ]);
  });

  it('has nobody on its holidays but in layers that work on them; a night that began on the eve goes on', () => {
    const days = aLayer({ people: [ana], hours: [{ days: ['thu', 'fri'], from: '09:00', until: '17:00' }] });
    const nights = aLayer({ id: 'nights', people: [ben], hours: [{ days: ['thu', 'fri'], from: '22:00', until: '06:00' }] });
    const schedule = aSchedule([days, nights], { holidays: ['2026-12-25'] });
    expect(told(schedule, '2026-12-24T12:00Z', '2026-12-26T12:00Z')).toEqual([
      '2026-12-24T12:00 ana',
      '2026-12-24T16:00 -',
      '2026-12-24T21:00 ben',
      '2026-12-25T05:00 -',
    ]);
    const working = { ...schedule, layers: [{ ...days, worksHolidays: true }] };
    expect(whoAt(working, '2026-12-25T12:00Z')).toBe(ana);
  });

  it('lets an override stand over all layers, from its first instant up to its last', () => {
    const over = { id: 'o', schedule: 'primary', person: chloe, from: instant('2026-01-06T10:00Z'), until: instant('2026-01-06T12:00Z') };
    expect(told(aSchedule(), '2026-01-06T09:00Z', '2026-01-06T13:00Z', [over])).toEqual([
      '2026-01-06T09:00 ana',
      '2026-01-06T10:00 chloe',
      '2026-01-06T12:00 ana',
    ]);
    expect(whoAt(aSchedule(), '2026-01-06T11:00Z', [{ ...over, schedule: 'another' }])).toBe(ana);
  });

  it('answers well within a millisecond', () => {
    const schedule = aSchedule([aLayer(), aLayer({ id: 'nights', hours: [{ days: ['mon', 'tue'], from: '22:00', until: '06:00' }] })]);
    const started = performance.now();
    for (let i = 0; i < 1000; i += 1) pieceAt(schedule, [], Date.parse('2026-03-01T00:00Z') + i * 3_600_000);
    expect((performance.now() - started) / 1000).toBeLessThan(1);
  });
});
