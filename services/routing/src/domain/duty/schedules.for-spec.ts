import type { PersonId } from '@handoff/contracts';
import * as fc from 'fast-check';
import { WEEKDAYS, type Calendar, type Hours, type Layer, type Override, type Schedule } from './schedule.js';

export const [ana, ben, chloe] = ['ana', 'ben', 'chloe'] as unknown as readonly [PersonId, PersonId, PersonId];
export const instant = (text: string): Date => new Date(text);

export const aLayer = (over: Partial<Layer> = {}): Layer => ({
  id: 'rota',
  people: [ana, ben],
  starts: '2026-01-05T09:00',
  turn: { unit: 'days', count: 7 },
  ...over,
});

export const aSchedule = (layers: readonly Layer[] = [aLayer()], over: Partial<Schedule> = {}): Schedule => ({
  id: 'primary',
  name: 'Primary',
  timeZone: 'Europe/Berlin',
  layers,
  ...over,
});

export const office: Calendar = {
  id: 'office',
  timeZone: 'Europe/Berlin',
  hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:30' }],
  holidays: ['2026-12-25'],
};

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const hours: fc.Arbitrary<Hours> = fc.record({
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  from: times,
  until: fc.oneof(times, fc.constant('24:00')),
});
const holidays = fc.array(
  fc
    .tuple(fc.constantFrom('03', '10', '11'), fc.integer({ min: 1, max: 30 }))
    .map(([month, day]) => `2026-${month}-${String(day).padStart(2, '0')}`),
  { maxLength: 6 },
);

export const calendars: fc.Arbitrary<Calendar> = fc.record({
  id: fc.constant('any'),
  timeZone: zones,
  hours: fc.array(hours, { minLength: 1, maxLength: 3 }),
  holidays,
});

const layers: fc.Arbitrary<Layer> = fc.record(
  {
    id: fc.constantFrom('one', 'two', 'three'),
    people: fc.subarray([ana, ben, chloe], { minLength: 1 }),
    starts: fc.tuple(fc.integer({ min: 1, max: 28 }), times).map(([day, time]) => `2026-02-${String(day).padStart(2, '0')}T${time}`),
    turn: fc.record({ unit: fc.constantFrom('hours' as const, 'days' as const), count: fc.integer({ min: 1, max: 30 }) }),
    hours: fc.array(hours, { minLength: 1, maxLength: 2 }),
    worksHolidays: fc.boolean(),
  },
  { requiredKeys: ['id', 'people', 'starts', 'turn'] },
);

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  ...{ id: fc.constant('primary'), name: fc.constant('Primary'), timeZone: zones },
  layers: fc.array(layers, { minLength: 1, maxLength: 3 }),
  holidays,
});

const secondsIn = (from: string, until: string): fc.Arbitrary<number> =>
  fc.integer({ min: Date.parse(from) / 1000, max: Date.parse(until) / 1000 });

/** Of the weeks around the nights on which the clocks of all these zones change, half of them forward and half of them back. */
export const instants: fc.Arbitrary<Date> = fc
  .oneof(secondsIn('2026-02-01T00:00Z', '2026-04-10T00:00Z'), secondsIn('2026-09-25T00:00Z', '2026-11-20T00:00Z'))
  .map((seconds) => new Date(seconds * 1000));

/** One after the other, as they may not overlap. */
export const overrides: fc.Arbitrary<readonly Override[]> = fc
  .uniqueArray(instants, { maxLength: 6, selector: (it) => it.getTime() })
  .map((ends) => ends.toSorted((a, b) => a.getTime() - b.getTime()))
  .map((ends) =>
    ends.flatMap((from, i) => {
      const until = ends[i + 1];
      return i % 2 === 0 && until ? [{ id: `over-${i}`, schedule: 'primary', person: chloe, from, until }] : [];
    }),
  );
