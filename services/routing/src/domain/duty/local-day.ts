import type { Milliseconds } from '@handoff/contracts';
import { Temporal } from 'temporal-polyfill';
import { isIn, type Span } from './span.js';
import { WEEKDAYS, type Weekday } from './schedule.js';

/** A day as a time zone has it: 23 or 25 hours where clocks are changed. */
export interface LocalDay extends Span {
  /** `2026-12-25` */
  readonly date: string;
  readonly weekday: Weekday;
  readonly timeZone: string;
}

const MOST_KEPT = 1000;
/** Questions come for the same few days again and again; a conversion costs more than all the rest of an answer. */
const kept = new Map<string, LocalDay>();
const lastAsked = new Map<string, LocalDay>();

export function dayAt(timeZone: string, at: Milliseconds): LocalDay {
  const last = lastAsked.get(timeZone);
  if (last && isIn(at, last)) return last;
  const day = dayOf(timeZone, Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone).toPlainDate());
  lastAsked.set(timeZone, day);
  return day;
}

/** @param days 1 is the next, -1 the one before */
export function dayFrom({ timeZone, date }: LocalDay, days: number): LocalDay {
  return dayOf(timeZone, Temporal.PlainDate.from(date).add({ days }));
}

function dayOf(timeZone: string, plain: Temporal.PlainDate): LocalDay {
  const date = plain.toString();
  const key = `${timeZone} ${date}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const day: LocalDay = {
    ...{ date, timeZone },
    weekday: WEEKDAYS[plain.dayOfWeek - 1] ?? 'mon',
    from: plain.toZonedDateTime(timeZone).epochMilliseconds,
    until: plain.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
  kept.set(key, day);
  return day;
}

/** A time that clocks skip is as much later as they skip; of one that they show twice it is the first. */
export function timeOn(day: LocalDay, time: string): Milliseconds {
  if (time === '24:00') return day.until;
  return instantOf(`${day.date}T${time}`, day.timeZone);
}

export function instantOf(local: string | Temporal.PlainDateTime, timeZone: string): Milliseconds {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}
