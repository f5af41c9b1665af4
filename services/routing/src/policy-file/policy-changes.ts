import { isJsonObject, type Json, type JsonObject } from '@handoff/contracts';
import diff from 'microdiff';
import { parse } from 'yaml';
import { written } from './written.js';

export interface PolicyChange {
  /** `rules.fraud.levels.0.decide_within`: entries with an id go by it, so that a new one moves no other. */
  readonly path: string;
  /** Null: it was not there. */
  readonly before: unknown;
  /** Null: it is not there any more. */
  readonly after: unknown;
}

/** What a policy's text would change of another's, in their authors' words and the order of the newer one. Both have been found right. */
export function policyChanges(before: string, after: string): readonly PolicyChange[] {
  return diff(named(before), named(after)).map((change) => ({
    path: change.path.join('.'),
    before: change.type === 'CREATE' ? null : (change.oldValue as unknown),
    after: change.type === 'REMOVE' ? null : (change.value as unknown),
  }));
}

/** The order of rules counts, and is one thing. */
function named(text: string): Record<string, Json> {
  const file = written(parse(text) as Json) as JsonObject;
  const rules = file['rules'] as readonly JsonObject[];
  return { ...(byKey(file) as JsonObject), order: rules.map(({ id }) => id).join(', ') };
}

function byKey(value: Json): Json {
  if (Array.isArray(value)) return value.length > 0 && value.every(hasKey) ? byName(value) : value.map(byKey);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, byKey(it)]));
}

const byName = (entries: readonly JsonObject[]): Json => Object.fromEntries(entries.map((it) => [keyOf(it), byKey(it)]));
const hasKey = (value: Json): value is JsonObject => keyOf(value) !== undefined;

/** Most entries have an id, and holidays a date. */
const keyOf = (entry: Json): Json | undefined => (isJsonObject(entry) ? (entry['id'] ?? entry['date']) : undefined);
