import type { Milliseconds, PersonId } from '@handoff/contracts';
import { Temporal } from 'temporal-polyfill';
import { dayAt, instantOf } from './local-day.js';
import type { Layer } from './schedule.js';
import { isIn, type Span } from './span.js';

const HOUR: Milliseconds = 3_600_000;
const DAY: Milliseconds = 24 * HOUR;

export interface Turned extends Span {
  readonly person: PersonId | null;
}

const lastAsked = new WeakMap<Layer, Turned>();

/** Whose turn it is in a layer. */
export function turnAt(layer: Layer, timeZone: string, at: Milliseconds): Turned {
  const last = lastAsked.get(layer);
  if (last && isIn(at, last)) return last;
  const turned = findTurn(layer, timeZone, at);
  lastAsked.set(layer, turned);
  return turned;
}

function findTurn({ people, starts, turn }: Layer, timeZone: string, at: Milliseconds): Turned {
  const local = Temporal.PlainDateTime.from(starts);
  const first = instantOf(local, timeZone);
  if (at < first) return { person: null, from: -Infinity, until: first };
  const beginOf = (number: number): Milliseconds =>
    turn.unit === 'hours' ? first + number * turn.count * HOUR : instantOf(local.add({ days: number * turn.count }), timeZone);
  const roughly = turn.unit === 'hours' ? (at - first) / HOUR : daysBetween(local, dayAt(timeZone, at).date);
  let number = Math.max(0, Math.floor(roughly / turn.count));
  while (beginOf(number) > at) number -= 1; // the day is that of a hand-over, and it is still before it
  while (beginOf(number + 1) <= at) number += 1;
  return { person: people[number % people.length] ?? null, from: beginOf(number), until: beginOf(number + 1) };
}

function daysBetween(from: Temporal.PlainDateTime, date: string): number {
  return Math.round((Date.parse(date) - Date.parse(from.toPlainDate().toString())) / DAY);
}
