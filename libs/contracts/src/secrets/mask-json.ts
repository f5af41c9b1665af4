import type { Json, JsonObject } from '../json.js';
import { pointerOf } from './json-pointer.js';
import { maskOf, maskText } from './mask-text.js';
import { isPaymentCard } from './payment-card.js';
import { namesSecret, namesSecretNumber } from './secret-rules.js';

export interface Masked<T> {
  readonly value: T;
  /** JSON Pointers (RFC 6901) of what was masked. */
  readonly paths: readonly string[];
}

/**
 * The value with the secrets in its leaves masked. Types stay, and nothing grows: a text keeps what is around the secret, a number becomes
 * 0, an object with a secret for a key becomes an empty one. What has no secret in it is the same object as before.
 */
export function maskJson<T>(value: T): Masked<T> {
  const walk = new Walk();
  return { value: walk.mask(value as Json, 'by-keys') as T, paths: walk.paths }; // the same shape, other leaves
}

/** `by-form`: keys are somebody's names for things, as in a schema. `secret`: a key has said that all below is one. */
type Reading = 'by-keys' | 'by-form' | 'secret';

/** Schemas describe arguments: under "password" they have no password, and masked they would be schemas no more. */
const SCHEMAS: ReadonlySet<string> = new Set(['args_schema', 'response_schema']);

class Walk {
  readonly paths: string[] = [];
  private readonly trail: (string | number)[] = [];

  mask(value: Json, reading: Reading): Json {
    if (typeof value === 'string') return this.put(value, reading === 'secret' ? maskOf(value) : maskText(value));
    if (typeof value === 'number') return value >= SHORTEST_CARD && isPaymentCard(String(value)) ? this.put<number>(value, 0) : value;
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? this.maskList(value as readonly Json[], reading) : this.maskObject(value as JsonObject, reading);
  }

  private maskList(list: readonly Json[], reading: Reading): Json {
    let changed: Json[] | null = null;
    for (let at = 0; at < list.length; at++) {
      const before = list[at] as Json; // within its length
      const after = this.under(at, before, reading);
      if (after !== before) (changed ??= [...list])[at] = after;
    }
    return changed ?? list;
  }

  private maskObject(object: JsonObject, reading: Reading): JsonObject {
    let changed: Record<string, Json> | null = null;
    for (const key in object) if (meaningOf(key) === 'is-secret') return this.put<JsonObject>(object, {});
    for (const key in object) {
      const before = object[key] as Json; // just listed
      const after = this.under(key, before, reading === 'by-keys' ? readingOf(key, before) : reading);
      if (after !== before) (changed ??= { ...object })[key] = after;
    }
    return changed ?? object;
  }

  private under(step: string | number, value: Json, reading: Reading): Json {
    this.trail.push(step);
    const masked = typeof value === 'number' && reading === 'secret' ? this.put<number>(value, 0) : this.mask(value, reading);
    this.trail.pop();
    return masked;
  }

  private put<T extends Json>(before: T, after: T): T {
    if (after !== before) this.paths.push(pointerOf(this.trail));
    return after;
  }
}

const SHORTEST_CARD = 1e12;

function readingOf(key: string, value: Json): Reading {
  if (SCHEMAS.has(key)) return 'by-form';
  const meaning = meaningOf(key);
  return meaning === 'names-card' || (meaning === 'names-secret' && typeof value !== 'number') ? 'secret' : 'by-keys';
}

type Meaning = 'plain' | 'names-secret' | 'names-card' | 'is-secret';

/** Packets have the same few keys again and again. */
const known = new Map<string, Meaning>();
const MOST_KNOWN = 4096;

function meaningOf(key: string): Meaning {
  const before = known.get(key);
  if (before !== undefined) return before;
  const meaning = maskText(key) !== key ? 'is-secret' : namesSecretNumber(key) ? 'names-card' : namesSecret(key) ? 'names-secret' : 'plain';
  if (known.size < MOST_KNOWN && key.length < 64 && meaning !== 'is-secret') known.set(key, meaning);
  return meaning;
}
