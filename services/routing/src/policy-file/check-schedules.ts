import { fault, type Fault } from '@handoff/contracts';
import { Temporal } from 'temporal-polyfill';
import { servedBy } from '../domain/duty/may-have.js';
import { checkDoubles, checkNamed } from './check-names.js';
import { checkZone, isZone } from './check-zone.js';
import type { PolicyFile } from './policy-file.js';
import type { CalendarEntry, HoursEntry, LayerEntry, ScheduleEntry } from './schedule-entries.js';

/** Dates and times that there are, zones that are known, and people, calendars and schedules that the file names. */
export function checkSchedules(file: PolicyFile): readonly Fault[] {
  const { calendars = [], schedules = [], teams } = file;
  return [
    ...calendars.flatMap((it, i) => checkCalendar(`calendars[${i}]`, it)),
    ...schedules.flatMap((it, i) => checkSchedule(`schedules[${i}]`, it, file)),
    ...teams.flatMap((team, i) =>
      (team.schedules ?? []).flatMap((name, j) => checkNamed(`teams[${i}].schedules[${j}]`, name, 'schedules', schedules)),
    ),
    ...checkUses(file),
  ];
}

/** Whatever else names a calendar. */
function checkUses({ sla, rules, calendars = [] }: PolicyFile): readonly Fault[] {
  return [
    ...(sla?.calendar === undefined ? [] : checkNamed('sla.calendar', sla.calendar, 'calendars', calendars)),
    ...rules.flatMap(({ levels }, i) =>
      levels.flatMap(({ skip_if: skipIf }, j) => {
        const at = `rules[${i}].levels[${j}].skip_if.off_hours`;
        return skipIf?.off_hours === undefined ? [] : checkNamed(at, skipIf.off_hours, 'calendars', calendars);
      }),
    ),
  ];
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
  const served = servedBy(teams, id);
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
  return [
    ...checkZone(`${at}.time_zone`, zone),
    ...(calendar === undefined ? [] : checkNamed(`${at}.calendar`, calendar, 'calendars', calendars)),
    ...strangers,
    ...layers.flatMap((layer, i) => checkLayer(`${at}.layers[${i}]`, layer, isZone(zone) ? zone : null)),
    ...checkDoubles(`${at}.layers`, layers),
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
