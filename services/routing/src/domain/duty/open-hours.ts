import type { Milliseconds } from '@handoff/contracts';
import { dayAt, dayFrom, timeOn, type LocalDay } from './local-day.js';
import type { Hours } from './schedule.js';
import { around, overlap, united, type Span } from './span.js';

/** What a calendar and a layer have in common. */
export interface OpenHours {
  readonly timeZone: string;
  readonly hours?: readonly Hours[];
  readonly holidays: readonly string[];
}

const MOST_KEPT = 1000;
const kept = new WeakMap<OpenHours, Map<string, readonly Span[]>>();

/** The open spans of a day, those that began on the day before included. */
export function openOn(open: OpenHours, day: LocalDay): readonly Span[] {
  const days = kept.get(open) ?? new Map<string, readonly Span[]>();
  kept.set(open, days);
  const known = days.get(day.date);
  if (known) return known;
  if (days.size >= MOST_KEPT) days.clear();
  const begun = [...begunOn(open, dayFrom(day, -1)), ...begunOn(open, day)];
  const spans = united(begun.map((span) => overlap(span, day)).filter(({ from, until }) => from < until));
  days.set(day.date, spans);
  return spans;
}

/** Whether it is open then, and since and until when at least: it never looks further than the day. */
export function openAt(open: OpenHours, at: Milliseconds): Span & { readonly isIn: boolean } {
  const day = dayAt(open.timeZone, at);
  return around(at, openOn(open, day), day);
}

/** What begins on a holiday is left out, what began on its eve goes on. */
function begunOn({ hours, holidays }: OpenHours, day: LocalDay): readonly Span[] {
  if (holidays.includes(day.date)) return [];
  if (hours === undefined) return [day];
  return hours
    .filter(({ days }) => days.includes(day.weekday))
    .map(({ from, until }) => ({ from: timeOn(day, from), until: timeOn(until > from ? day : dayFrom(day, 1), until) }));
}
