import { fault, type Fault, type Seconds } from '@handoff/contracts';
import { Temporal } from 'temporal-polyfill';
import { workedSeconds } from '../domain/duty/working-time.js';
import { parseDuration } from './duration.js';
import type { PolicyFile } from './policy-file.js';
import type { CalendarEntry, HoursEntry, LayerEntry, ScheduleEntry } from './schedule-entries.js';
import { toCalendar } from './to-schedules.js';

/** Dates and times that there are, zones that are known, and people, calendars and schedules that the file names. */
export function checkSchedules(file: PolicyFile): readonly Fault[] {
  const { calendars = [], schedules = [], teams } = file;
  return [
    ...calendars.flatMap((it, i) => checkCalendar(`calendars[${i}]`, it)),
    ...schedules.flatMap((it, i) => checkSchedule(`schedules[${i}]`, it, file)),
    ...teams.flatMap((team, i) =>
      (team.schedules ?? []).flatMap((name, j) => named(`teams[${i}].schedules[${j}]`, name, 'schedules', schedules)),
    ),
    ...checkUses(file),
    ...checkWindows(file),
  ];
}

/** Whatever else names a calendar. */
function checkUses({ sla, rules, calendars = [] }: PolicyFile): readonly Fault[] {
  return [
    ...(sla?.calendar === undefined ? [] : named('sla.calendar', sla.calendar, 'calendars', calendars)),
    ...rules.flatMap(({ levels }, i) =>
      levels.flatMap(({ skip_if: skipIf }, j) => {
        const at = `rules[${i}].levels[${j}].skip_if.off_hours`;
        return skipIf?.off_hours === undefined ? [] : named(at, skipIf.off_hours, 'calendars', calendars);
      }),
    ),
  ];
}

const WEEKS = 52;

/** A window for which a year has too little working time is meant otherwise; its end would be sought day by day, for each handoff. */
function checkWindows({ sla, rules, calendars = [] }: PolicyFile): readonly Fault[] {
  const calendar = calendars.find(({ id }) => id === sla?.calendar);
  if (!calendar || !isKnown(calendar.time_zone)) return [];
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

function checkCalendar(at: string, { time_zone: zone, hours = [], holidays = [] }: CalendarEntry): readonly Fault[] {
  return [
    ...checkZone(`${at}.time_zone`, zone),
    ...checkHours(`${at}.hours`, hours),
    ...holidays.flatMap(({ date }, i) => checkDate(`${at}.holidays[${i}].date`, date)),
  ];
}

function checkSchedule(
  at: string,
  { time_zone: zone, layers, calendar, id }: ScheduleEntry,
  { people, teams, calendars = [] }: PolicyFile,
): readonly Fault[] {
  const served = teams.filter(({ schedules = [] }) => schedules.includes(id));
  const members = new Set(served.flatMap((team) => team.members));
  const strangers = layers.flatMap((layer, i) =>
    layer.people.flatMap((person, j) => {
      const where = `${at}.layers[${i}].people[${j}]`;
      if (!people.some((it) => it.id === person))
        return [fault(where, 'not_allowed_value', `${where} is "${person}", who is not among the people.`)];
      if (served.length === 0 || members.has(person)) return [];
      return [fault(where, 'not_allowed_value', `${where} is "${person}", who is in none of the teams that "${id}" serves.`)];
    }),
  );
  const ids = layers.map((layer) => layer.id);
  return [
    ...checkZone(`${at}.time_zone`, zone),
    ...(calendar === undefined ? [] : named(`${at}.calendar`, calendar, 'calendars', calendars)),
    ...strangers,
    ...layers.flatMap((layer, i) => checkLayer(`${at}.layers[${i}]`, layer, isKnown(zone) ? zone : null)),
    ...ids.flatMap((it, i) =>
      ids.indexOf(it) === i
        ? []
        : [fault(`${at}.layers[${i}].id`, 'not_allowed_value', `${at}.layers[${i}].id is "${it}", which is taken.`)],
    ),
  ];
}

function checkLayer(at: string, { starts, hours = [] }: LayerEntry, zone: string | null): readonly Fault[] {
  const where = `${at}.starts`;
  const [date = ''] = starts.split('T');
  const wrong = checkDate(where, date);
  const isSkipped = wrong.length === 0 && zone !== null && localAgain(starts, zone) !== starts;
  return [
    ...wrong,
    ...(isSkipped ? [fault(where, 'not_allowed_value', `${where} is ${starts}, which the clocks of ${zone} skip.`)] : []),
    ...checkHours(`${at}.hours`, hours),
  ];
}

const localAgain = (local: string, zone: string): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toPlainDateTime().toString().slice(0, 16);

function checkHours(at: string, hours: readonly HoursEntry[]): readonly Fault[] {
  return hours.flatMap(({ from, until }, i) =>
    from === until || from === '24:00'
      ? [fault(`${at}[${i}]`, 'not_allowed_value', `${at}[${i}] is from ${from} until ${until}; all of a day is from 00:00 until 24:00.`)]
      : [],
  );
}

function checkDate(at: string, date: string): readonly Fault[] {
  try {
    Temporal.PlainDate.from(date, { overflow: 'reject' });
    return [];
  } catch {
    return [fault(at, 'not_allowed_value', `${at} names ${date}, a day that there is not.`)];
  }
}

function checkZone(at: string, zone: string): readonly Fault[] {
  return isKnown(zone)
    ? []
    : [fault(at, 'not_allowed_value', `${at} is "${zone}", which is no time zone; write one such as Europe/Berlin.`)];
}

/** By name alone: an offset would not change its clocks where its people do. */
function isKnown(zone: string): boolean {
  try {
    return !/^[+-]/.test(zone) && Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function named(at: string, name: string, list: string, entries: readonly { readonly id: string }[]): readonly Fault[] {
  return entries.some(({ id }) => id === name)
    ? []
    : [fault(at, 'not_allowed_value', `${at} is "${name}", which is not among the ${list}.`)];
}
