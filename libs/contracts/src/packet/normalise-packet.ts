import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { normaliseRecommendation } from './normalise-action.js';
import { normaliseLink } from './normalise-link.js';
import { normaliseStep } from './normalise-step.js';
import { Packet } from './packet.js';
import { withExtra } from './with-extra.js';
import { REASON_CODES } from './words.js';

/**
 * The rich form of whatever an agent sent: plain strings become objects, other makers' step keys are mapped, the rest is
 * left as it is for validation to judge. Pure, and idempotent: a normalised packet comes out as it went in.
 */
export function normalisePacket(sent: JsonObject): JsonObject {
  const known = Object.entries(sent).filter(([key, value]) => KNOWN.has(key) && !isAbsent(key, value));
  const unknown = Object.entries(sent).filter(([key, value]) => !KNOWN.has(key) && value !== undefined);
  const fields = known.map(([key, value]) => [key, NORMALISE[key]?.(value) ?? value] as const);
  return { ...Object.fromEntries(fields), ...withExtra(sent['extra'], unknown) };
}

/** The eight fields of the minimum packet: `null` in one of them is an error, in any other it means absent. */
export const REQUIRED: ReadonlySet<string> = new Set([
  'task_id',
  'original_request',
  'steps_completed',
  'current_state',
  'reason_for_escalation',
  'recommended_action',
  'urgency',
  'data_links',
]);

/** What other kinds of handoffs add to a packet; in an agent's own it is a field like any that is not known. */
const OF_OTHER_KINDS: readonly string[] = ['delegation', 'transfer'];

/** Fields are own properties of a fresh instance because the classes define them (`useDefineForClassFields`). */
const KNOWN: ReadonlySet<string> = new Set(Object.keys(new Packet()).filter((field) => !OF_OTHER_KINDS.includes(field)));

/** Names that are left empty name nothing; as a key, an empty one would make strangers the same. */
const NAMES: ReadonlySet<string> = new Set(['agent', 'idempotency_key', 'requested_by', 'supersedes', 'expires_at']);

const isAbsent = (key: string, value: Json): boolean =>
  key === 'extra' || (value === null && !REQUIRED.has(key)) || (value === '' && NAMES.has(key));

const NORMALISE: Readonly<Partial<Record<string, (value: Json) => Json>>> = {
  steps_completed: (value) => (isList(value) ? value.map(normaliseStep) : value),
  data_links: (value) => (isList(value) ? value.map(normaliseLink) : value),
  attempts: (value) => (isList(value) ? value.map((it) => (typeof it === 'string' ? { action: it } : it)) : value),
  current_state: normaliseState,
  reason_for_escalation: normaliseReason,
  recommended_action: normaliseRecommendation,
  confidence: (value) => (typeof value === 'number' ? { value } : value),
  agent: (value) => (typeof value === 'string' ? { id: value } : value),
};

/** Array.isArray narrows a readonly list to any[]. */
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

export function normaliseState(state: Json): Json {
  if (typeof state === 'string') return { text: state };
  if (isJsonObject(state) && typeof state['text'] === 'string' && Object.keys(state).every((key) => key === 'text' || key === 'value'))
    return state;
  return isJsonObject(state) || isList(state) ? { text: '', value: state } : state;
}

function normaliseReason(reason: Json): Json {
  if (typeof reason === 'string') {
    const code = REASON_CODES.find((it) => it === reason.trim());
    return code ? { code, text: '' } : { code: 'other', text: reason };
  }
  if (!isJsonObject(reason)) return reason;
  return { ...reason, code: reason['code'] || 'other', text: reason['text'] ?? '' };
}
