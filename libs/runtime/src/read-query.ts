import { fault, isInstant, type Fault } from '@handoff/contracts';
import { readCursor, type PageCursor } from '@handoff/store';
import { Problem } from './problem.js';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

interface Bounds {
  readonly or: number;
  readonly min: number;
  readonly max: number;
}

/** A whole number in a query; `or` where it is not there. */
export function numberIn(query: Query, name: string, { or, min, max }: Bounds): number {
  const text = query[name];
  if (text === undefined || text === '') return or;
  const number = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw Problem.invalid([fault(name, 'out_of_range', `${name} must be a whole number from ${min} to ${max}.`)]);
}

export function textIn(query: Query, name: string): string | null {
  const text = query[name];
  return typeof text === 'string' && text !== '' ? text : null;
}

export function wordIn<Word extends string>(query: Query, name: string, words: readonly Word[]): Word | null {
  const text = query[name];
  if (text === undefined || text === '') return null;
  const word = words.find((it) => it === text);
  if (word) return word;
  const wrong: Fault = fault(name, 'not_allowed_value', `${name} must be one of ${words.join(', ')}.`);
  throw Problem.invalid([wrong]);
}

/** A day alone is its midnight in UTC. */
export function instantIn(query: Query, name: string): Date | null {
  const text = textIn(query, name);
  if (text === null) return null;
  const instant = [text, `${text}T00:00Z`].find(isInstant);
  if (instant !== undefined) return new Date(instant);
  throw Problem.invalid([fault(name, 'bad_format', `${name} must be an instant such as 2026-03-01T12:00:00Z.`)]);
}

/** Where a list goes on. */
export function cursorIn(query: Query): PageCursor | null {
  const text = textIn(query, 'after');
  const cursor = text === null ? null : readCursor(text);
  if (text !== null && cursor === null)
    throw Problem.invalid([fault('after', 'bad_format', 'after must be the "next" of an earlier answer.')]);
  return cursor;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);
