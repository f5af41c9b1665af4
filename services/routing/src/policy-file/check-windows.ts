import { fault, type Fault, type Seconds } from '@handoff/contracts';
import { workedSeconds } from '../domain/duty/working-time.js';
import { isZone } from './check-zone.js';
import { parseDuration } from './duration.js';
import type { PolicyFile } from './policy-file.js';
import type { CalendarEntry } from './schedule-entries.js';
import { toCalendar } from './to-schedules.js';

const WEEKS = 52;

/** A window for which a year has too little working time is meant otherwise; its end would be sought day by day, for each handoff. */
export function checkWindows({ sla, rules, calendars = [] }: PolicyFile): readonly Fault[] {
  const calendar = calendars.find(({ id }) => id === sla?.calendar);
  if (!calendar || !isZone(calendar.time_zone)) return [];
  const most = weeklySeconds(calendar) * WEEKS;
  const windows: readonly Window[] = [
    ['sla.normal', sla?.normal],
    ...rules.flatMap(({ levels }, i) =>
      levels.flatMap(({ decide_within, ack_within }, j): readonly Window[] => [
        [`rules[${i}].levels[${j}].decide_within`, decide_within],
        [`rules[${i}].levels[${j}].ack_within`, ack_within],
      ]),
    ),
  ];
  return windows
    .filter(([, window]) => (parseDuration(window) ?? 0) > most)
    .map(([at, window]) =>
      fault(at, 'out_of_range', `${at} is ${window}, for which a year of "${calendar.id}" has too little working time.`),
    );
}

type Window = readonly [path: string, window: number | string | undefined];

/** Of a week without holidays, in which no clock is changed. */
function weeklySeconds(entry: CalendarEntry): Seconds {
  const calendar = { ...toCalendar(entry), timeZone: 'UTC', holidays: [] };
  return workedSeconds(calendar, new Date('2026-01-05T00:00:00Z'), new Date('2026-01-12T00:00:00Z'));
}
