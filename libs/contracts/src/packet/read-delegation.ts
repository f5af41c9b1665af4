import { fault, refuse, type Fault, type Result } from '../errors.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { validate } from '../wire/validate.js';
import { SentDelegation } from './delegation.js';
import { normaliseLink } from './normalise-link.js';
import { isList, normaliseState } from './normalise-packet.js';
import { Packet } from './packet.js';
import { withExtra } from './with-extra.js';

/** What every delegation says; the rest may be left out. */
export const REQUIRED_OF_DELEGATION: readonly string[] = ['task_id', 'goal', 'success_criteria', 'constraints', 'context'];

/** What a person or her system sent, as a packet, or everything that is wrong with it at once, by the sender's own paths. */
export function readDelegation(sent: Json): Result<Packet> {
  if (!isJsonObject(sent)) return validate(Packet, sent);
  const missing = REQUIRED_OF_DELEGATION.filter((field) => !(field in sent)).map(missingField);
  const checked = validate(SentDelegation, normalise(sent));
  const faults = [...missing, ...(checked.kind === 'faults' ? checked.faults.filter(({ path }) => !isMissing(missing, path)) : [])];
  if (checked.kind === 'faults' || faults.length > 0) return refuse(...faults);
  const repeated = repeatedIds(checked.value);
  return repeated.length > 0 ? refuse(...repeated) : validate(Packet, packetOf(checked.value));
}

const missingField = (field: string): Fault => fault(field, 'missing', `${field} is missing; every delegation says it.`);
const isMissing = (missing: readonly Fault[], path: string): boolean => missing.some((it) => it.path === path);

/** Results name criteria by their ids. */
function repeatedIds({ success_criteria: criteria }: SentDelegation): readonly Fault[] {
  const ids = criteria.map(({ id }) => id);
  return ids.flatMap((id, at) =>
    ids.indexOf(id) === at
      ? []
      : [fault(`success_criteria[${at}].id`, 'not_allowed_value', `There are two criteria "${id}"; results could not say which.`)],
  );
}

function normalise(sent: JsonObject): JsonObject {
  const entries = Object.entries(sent).filter(([, value]) => value !== null);
  const known = entries
    .filter(([key]) => KNOWN.has(key) && key !== 'extra')
    .map(([key, value]) => [key, NORMALISE[key]?.(value) ?? value] as const);
  const unknown = entries.filter(([key]) => !KNOWN.has(key));
  return { urgency: 'medium', data_links: [], ...Object.fromEntries(known), ...withExtra(sent['extra'], unknown) };
}

const KNOWN: ReadonlySet<string> = new Set(Object.keys(new SentDelegation()));

const NORMALISE: Readonly<Partial<Record<string, (value: Json) => Json>>> = {
  success_criteria: eachOf((it, at) => (typeof it === 'string' ? { id: String(at + 1), text: it } : withId(it, at))),
  constraints: eachOf((it) => (typeof it === 'string' ? { kind: 'must', text: it } : it)),
  data_links: eachOf(normaliseLink),
  context: normaliseState,
  agent_target: (value) => (typeof value === 'string' ? { agent_id: value } : value),
  reviewer: (value) => (typeof value === 'string' ? { kind: 'person', id: value } : value),
};

function eachOf(one: (value: Json, at: number) => Json): (value: Json) => Json {
  return (value) => (isList(value) ? value.map(one) : value);
}

const withId = (criterion: Json, at: number): Json => (isJsonObject(criterion) ? { id: String(at + 1), ...criterion } : criterion);

/** The words that every packet has, and the part that delegations have alone. Nothing is done yet, so nothing is recommended. */
function packetOf({ goal, context, delegated_by, task_id, urgency, data_links, ...rest }: SentDelegation): object {
  const { authority, parent, idempotency_key, expires_at, tags, metadata, extra, ...terms } = rest;
  return {
    ...defined({ authority, parent, idempotency_key, expires_at, tags, metadata, extra }),
    task_id,
    original_request: goal,
    steps_completed: [],
    current_state: context,
    reason_for_escalation: { code: 'other', text: 'A person gives this to an agent.' },
    recommended_action: { kind: 'none', name: '', args: {}, rationale: '', alternatives: [] },
    urgency,
    data_links,
    allowed_decisions: ['reject', 'take_over'],
    delegation: defined({ ...terms, delegated_by }),
  };
}

/** Absent rather than undefined: what is undefined would be lost on the wire, and is compared before it. */
const defined = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
