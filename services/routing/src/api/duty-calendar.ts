import { days, toMilliseconds, type PersonId } from '@handoff/contracts';
import ical from 'ical-generator';
import type { Override } from '../domain/duty/schedule.js';
import { shiftsIn } from '../domain/duty/shifts.js';
import type { Policy } from '../domain/policy.js';

const AHEAD = toMilliseconds(days(90));
/** A shift that is under way begins where it began, so that it stays the same entry each time it is fetched. */
const BEHIND = toMilliseconds(days(31));

/** The shifts of one person that are under way or to come, as RFC 5545 has them. */
export function dutyCalendar({ schedules = [] }: Policy, overrides: readonly Override[], person: PersonId, now: Date): string {
  const calendar = ical({ name: `On duty: ${person}`, prodId: '//handoff//duty//EN' });
  for (const schedule of schedules) {
    const shifts = shiftsIn(schedule, overrides, new Date(now.getTime() - BEHIND), new Date(now.getTime() + AHEAD));
    for (const shift of shifts.filter((it) => it.person === person && it.until > now))
      calendar.createEvent({
        id: `${schedule.id}-${shift.from.toISOString()}@handoff`,
        stamp: now,
        start: shift.from,
        end: shift.until,
        summary: `On duty: ${schedule.name}`,
      });
  }
  return calendar.toString();
}

export const overridesNeeded = (now: Date): readonly [Date, Date] => [new Date(now.getTime() - BEHIND), new Date(now.getTime() + AHEAD)];
