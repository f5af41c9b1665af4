import type { PersonId } from '@handoff/contracts';
import { WEEKDAYS, type Hours, type Layer, type Schedule } from './schedule.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Further from a change of the clocks than this, the wall clock alone tells who is on duty. */
const NEARBY = 3 * HOUR;

/**
 * Who is on duty as somebody reads it who has the policy and a clock on the wall: by counting days and comparing times of day, and by
 * nothing that the code under test uses. Undefined where the clocks are changed nearby.
 */
export function personByTheWall(schedule: Schedule, at: Date): PersonId | null | undefined {
  const { timeZone, layers } = schedule;
  const now = at.getTime();
  if (wallAt(timeZone, now - NEARBY) + 2 * NEARBY !== wallAt(timeZone, now + NEARBY)) return undefined;
  const has = layers.toReversed().map((layer) => personOf(schedule, layer, now));
  return has.find((person) => person !== null) ?? null;
}

function personOf({ timeZone, holidays = [] }: Schedule, layer: Layer, now: number): PersonId | null {
  const wall = wallAt(timeZone, now);
  const starts = Date.parse(`${layer.starts}Z`);
  const { unit, count } = layer.turn;
  const passed = unit === 'days' ? (wall - starts) / DAY : (now - (starts - wallAt(timeZone, starts) + starts)) / HOUR;
  if (passed < 0 || !isOpen(layer, layer.worksHolidays ? [] : holidays, wall)) return null;
  return layer.people[Math.floor(passed / count) % layer.people.length] ?? null;
}

function isOpen({ hours }: Layer, holidays: readonly string[], wall: number): boolean {
  const today = wall - (wall % DAY);
  const mayBegin = (day: number): boolean => !holidays.includes(new Date(day).toISOString().slice(0, 10));
  if (hours === undefined) return mayBegin(today);
  return [today - DAY, today].some((day) => mayBegin(day) && hours.some((it) => isIn(it, day, wall)));
}

function isIn({ days, from, until }: Hours, day: number, wall: number): boolean {
  const weekday = WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7];
  const begin = day + timeOf(from);
  const end = day + timeOf(until) + (until > from ? 0 : DAY);
  return days.some((it) => it === weekday) && begin <= wall && wall < end;
}

function timeOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * HOUR + minute * 60_000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock shows, as if it were UTC. */
function wallAt(timeZone: string, at: number): number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return Date.parse(`${clock.format(at).replace(' ', 'T')}Z`);
}
