import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { Packet } from './packet.js';
import { REASON_CODES } from './words.js';

/**
 * The rich form of whatever an agent sent: plain strings become objects, other makers' step keys are mapped, the rest is
 * left as it is for validation to judge. Pure, and idempotent: a normalised packet comes out as it went in.
 */
export function normalisePacket(sent: JsonObject): JsonObject {
  const known: Record<string, Json> = {};
  const extra: Record<string, Json> = {};
  for (const [key, value] of Object.entries(sent)) {
    if (value === null && !REQUIRED.has(key)) continue;
    if (KNOWN.has(key)) known[key] = value;
    else extra[key] = value;
  }
  if (Array.isArray(sent['steps_completed'])) known['steps_completed'] = sent['steps_completed'].map(normaliseStep);
  if (Array.isArray(sent['data_links'])) known['data_links'] = sent['data_links'].map(normaliseLink);
  if (Array.isArray(sent['attempts']))
    known['attempts'] = sent['attempts'].map((it: Json) => (typeof it === 'string' ? { action: it } : it));
  if ('current_state' in sent) known['current_state'] = normaliseState(sent['current_state'] ?? null);
  if ('reason_for_escalation' in sent) known['reason_for_escalation'] = normaliseReason(sent['reason_for_escalation'] ?? null);
  if ('recommended_action' in sent) known['recommended_action'] = normaliseRecommendation(sent['recommended_action'] ?? null);
  if (typeof sent['confidence'] === 'number') known['confidence'] = { value: sent['confidence'] };
  if (typeof sent['agent'] === 'string') known['agent'] = { id: sent['agent'] };
  if (Object.keys(extra).length > 0) known['extra'] = isJsonObject(sent['extra']) ? { ...sent['extra'], ...extra } : extra;
  return known;
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

/** Fields are own properties of a fresh instance because the classes define them (`useDefineForClassFields`). */
const KNOWN: ReadonlySet<string> = new Set(Object.keys(new Packet()));

const STEP_KEYS = new Set([
  'id',
  'step',
  'action',
  'tool',
  'name',
  'args',
  'arguments',
  'status',
  'error',
  'summary',
  'result',
  'evidence',
  'at',
  'extra',
]);
const STATUSES = new Set(['done', 'failed', 'skipped', 'in_progress']);

/** Ours `{id, action, status, summary, evidence[], at}`, and the tool-call form `{step, tool, arguments, result, error}`. */
function normaliseStep(step: Json, index: number): Json {
  if (typeof step === 'string') return { id: String(index + 1), action: step, status: 'done', summary: '', evidence: [] };
  if (!isJsonObject(step)) return step;
  const extra = Object.fromEntries(Object.entries(step).filter(([key]) => !STEP_KEYS.has(key)));
  const args = step['args'] ?? step['arguments'];
  const kept = { ...(isJsonObject(step['extra']) ? step['extra'] : {}), ...extra };
  return {
    id: text(step['id'] ?? step['step'] ?? index + 1),
    action: step['action'] ?? step['tool'] ?? step['name'] ?? '',
    ...(args === undefined ? {} : { args }),
    status: stepStatus(step),
    summary: text(step['summary'] ?? step['result'] ?? ''),
    evidence: step['evidence'] ?? [],
    ...(step['at'] === undefined || step['at'] === null ? {} : { at: step['at'] }),
    ...(Object.keys(kept).length > 0 ? { extra: kept } : {}),
  };
}

function stepStatus(step: JsonObject): Json {
  const { status, error } = step;
  if (status !== undefined && status !== null)
    return typeof status === 'string' && !STATUSES.has(status) ? (SYNONYMS[status] ?? status) : status;
  return error === true || (typeof error === 'string' && error !== '') ? 'failed' : 'done';
}
const SYNONYMS: Readonly<Record<string, string>> = { ok: 'done', success: 'done', completed: 'done', error: 'failed', failure: 'failed' };

function normaliseLink(link: Json, index: number): Json {
  if (typeof link === 'string') return { id: String(index + 1), title: link.slice(0, 200), url: link };
  if (!isJsonObject(link)) return link;
  return { ...link, id: text(link['id'] ?? index + 1), title: link['title'] ?? link['url'] ?? '' };
}

function normaliseState(state: Json): Json {
  if (typeof state === 'string') return { text: state };
  if (isJsonObject(state) && typeof state['text'] === 'string' && Object.keys(state).every((key) => key === 'text' || key === 'value'))
    return state;
  return isJsonObject(state) || Array.isArray(state) ? { text: '', value: state } : state;
}

function normaliseReason(reason: Json): Json {
  if (typeof reason === 'string') {
    const code = REASON_CODES.find((it) => it === reason.trim());
    return code ? { code, text: '' } : { code: 'other', text: reason };
  }
  if (!isJsonObject(reason)) return reason;
  return { ...reason, code: reason['code'] || 'other', text: reason['text'] ?? '' };
}

/** `{"name", "arguments"}` as JSON text, our object, or words. */
function normaliseRecommendation(action: Json): Json {
  if (typeof action === 'string') {
    const call = parseCall(action);
    if (call) return { kind: 'tool_call', ...call, rationale: '', alternatives: [] };
    const kind = action.trim() === '' ? 'none' : 'text';
    return { kind, name: '', args: kind === 'text' ? { text: action } : {}, rationale: '', alternatives: [] };
  }
  if (!isJsonObject(action)) return action;
  const { alternatives, rationale } = action;
  return {
    ...normaliseAction(action),
    rationale: rationale ?? '',
    alternatives: Array.isArray(alternatives)
      ? alternatives.map((it: Json) => (typeof it === 'string' ? asText(it) : isJsonObject(it) ? normaliseAction(it) : it))
      : (alternatives ?? []),
  };
}

const asText = (words: string): JsonObject => ({ kind: 'text', name: '', args: { text: words } });

function normaliseAction(action: JsonObject): JsonObject {
  const name = action['name'] ?? action['tool'] ?? '';
  const args = action['args'] ?? action['arguments'] ?? {};
  return { kind: action['kind'] ?? (name === '' ? (Object.keys(args as object).length > 0 ? 'text' : 'none') : 'tool_call'), name, args };
}

function parseCall(words: string): { name: string; args: JsonObject } | null {
  if (!words.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(words);
  } catch {
    return null;
  }
  if (!isJsonObject(value) || typeof value['name'] !== 'string') return null;
  const args = value['arguments'] ?? value['args'] ?? {};
  return isJsonObject(args) ? { name: value['name'], args } : null;
}

function text(value: Json): Json {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
