import type { ClassConstructor } from 'class-transformer';
import { fault, refuse, type Fault, type Result } from '../errors.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { validate } from '../wire/validate.js';
import { isList } from './normalise-packet.js';
import { withExtra } from './with-extra.js';

type Normalise = (value: Json) => Json;

/** The form in which handoffs of one kind are sent: its class, what it must say, and which plain words stand for its rich parts. */
export interface SentForm<T extends object> {
  readonly kind: string;
  readonly type: ClassConstructor<T>;
  readonly required: readonly string[];
  readonly leftOut: JsonObject;
  readonly normalise: Readonly<Partial<Record<string, Normalise>>>;
}

/** What was sent in its rich form, or everything that is wrong with it at once, by the sender's own paths. */
export function readForm<T extends object>(form: SentForm<T>, sent: JsonObject): Result<T> {
  const missing = form.required
    .filter((field) => !(field in sent))
    .map((field) => fault(field, 'missing', `${field} is missing; every ${form.kind} says it.`));
  const checked = validate(form.type, richForm(form, sent));
  const faults = checked.kind === 'faults' ? checked.faults.filter(({ path }) => !isNamed(missing, path)) : [];
  return missing.length + faults.length > 0 ? refuse(...missing, ...faults) : checked;
}

const isNamed = (missing: readonly Fault[], path: string): boolean => missing.some((it) => it.path === path);

function richForm<T extends object>({ type, leftOut, normalise }: SentForm<T>, sent: JsonObject): JsonObject {
  const fields = new Set(Object.keys(new type())); // a fresh instance has every declared field
  const entries = Object.entries(sent).filter(([, value]) => value !== null);
  const known = entries
    .filter(([key]) => fields.has(key) && key !== 'extra')
    .map(([key, value]) => [key, normalise[key]?.(value) ?? value] as const);
  const unknown = entries.filter(([key]) => !fields.has(key));
  return { ...leftOut, ...Object.fromEntries(known), ...withExtra(sent['extra'], unknown) };
}

export function eachOf(one: (value: Json, at: number) => Json): Normalise {
  return (value) => (isList(value) ? value.map(one) : value);
}

/** Left out, an id is the place in the list. */
export const withId = (it: Json, at: number): Json => (isJsonObject(it) ? { id: String(at + 1), ...it } : it);

/** A word alone is the object whose only field is that. */
export const asField =
  (field: string, more: JsonObject = {}): Normalise =>
  (value) =>
    typeof value === 'string' ? { ...more, [field]: value } : value;

/** Results and evidence name entries by their ids. */
export function repeatedIds(path: string, entries: readonly { readonly id: string }[]): readonly Fault[] {
  const ids = entries.map(({ id }) => id);
  return ids.flatMap((id, at) =>
    ids.indexOf(id) === at
      ? []
      : [fault(`${path}[${at}].id`, 'not_allowed_value', `"${id}" is the id of two; nothing could say which of them it means.`)],
  );
}

/** Absent rather than undefined: what is undefined would be lost on the wire, and is compared before it. */
export const defined = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
