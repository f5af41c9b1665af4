import { fault, type Fault } from '@handoff/contracts';
import type { MatchEntry, PolicyFile } from './policy-file.js';
import type { CalendarEntry, ScheduleEntry } from './schedule-entries.js';

/** A misspelt setting would silently be its default, so every key that means nothing is refused. */
export function unknownKeys(file: PolicyFile): readonly Fault[] {
  const { policy, people, teams, sla, urgency, rules, calendars = [], schedules = [] } = file;
  return [
    ...check('', file),
    ...check('policy', policy),
    ...people.flatMap((person, i) => [
      ...check(`people[${i}]`, person),
      ...person.addresses.flatMap((it, j) => check(`people[${i}].addresses[${j}]`, it)),
      ...(person.authority ?? []).flatMap((it, j) => check(`people[${i}].authority[${j}]`, it)),
    ]),
    ...teams.flatMap((team, i) => check(`teams[${i}]`, team)),
    ...(sla ? check('sla', sla) : []),
    ...(urgency ? check('urgency', urgency) : []),
    ...rules.flatMap((rule, i) => [
      ...check(`rules[${i}]`, rule),
      ...checkMatch(`rules[${i}].match`, rule.match),
      ...(rule.at_end ? check(`rules[${i}].at_end`, rule.at_end) : []),
      ...rule.levels.flatMap((level, j) => [
        ...check(`rules[${i}].levels[${j}]`, level),
        ...check(`rules[${i}].levels[${j}].target`, level.target),
        ...(level.skip_if ? checkMatch(`rules[${i}].levels[${j}].skip_if`, level.skip_if) : []),
        ...(level.ladder ?? []).flatMap((it, k) => check(`rules[${i}].levels[${j}].ladder[${k}]`, it)),
      ]),
    ]),
    ...calendars.flatMap((it, i) => checkCalendar(`calendars[${i}]`, it)),
    ...schedules.flatMap((it, i) => checkSchedule(`schedules[${i}]`, it)),
  ];
}

function checkCalendar(path: string, calendar: CalendarEntry): readonly Fault[] {
  const { hours = [], holidays = [] } = calendar;
  return [...check(path, calendar), ...checkAll(`${path}.hours`, hours), ...checkAll(`${path}.holidays`, holidays)];
}

function checkSchedule(path: string, schedule: ScheduleEntry): readonly Fault[] {
  const hours = schedule.layers.flatMap(({ hours = [] }, i) => checkAll(`${path}.layers[${i}].hours`, hours));
  return [...check(path, schedule), ...checkAll(`${path}.layers`, schedule.layers), ...hours];
}

const checkAll = (path: string, entries: readonly object[]): readonly Fault[] => entries.flatMap((it, i) => check(`${path}[${i}]`, it));

const checkMatch = (path: string, match: MatchEntry): readonly Fault[] => [
  ...check(path, match),
  ...(match.amount ? check(`${path}.amount`, match.amount) : []),
];

/** A fresh instance has every declared field, set or not. */
function check(path: string, entry: object): readonly Fault[] {
  const known = Object.keys(new (entry.constructor as new () => object)());
  return Object.keys(entry)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const at = path ? `${path}.${key}` : key;
      return fault(at, 'not_allowed_value', `${at} means nothing here; known are ${known.join(', ')}.`);
    });
}
