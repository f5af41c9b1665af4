import { isJsonObject, type Json, type JsonObject } from '@handoff/contracts';
import { instantOf } from '../domain/duty/local-day.js';

/** A line of a log that is no case as its log has them; said with the file and the line by whoever reads it. */
export class NoCaseError extends Error {}

export function objectIn(row: JsonObject, name: string): JsonObject {
  const value = row[name];
  return isJsonObject(value) ? value : refuse(name, 'an object');
}

export function eventsIn(row: JsonObject): readonly [JsonObject, ...JsonObject[]] {
  const events = row['events'];
  const [first, ...more] = Array.isArray(events) ? events.filter(isJsonObject) : [];
  return first ? [first, ...more] : refuse('events', 'a list of at least one event');
}

export function textIn(row: JsonObject, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : refuse(name, 'a text');
}

export const textOrNull = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/** @param timeZone of an instant that names no offset */
export function instantIn(row: JsonObject, name: string, timeZone: string): Date {
  const text = textIn(row, name);
  try {
    return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : instantOf(text, timeZone));
  } catch {
    return refuse(name, 'an instant');
  }
}

function refuse(name: string, what: string): never {
  throw new NoCaseError(`"${name}" is not ${what}`);
}
