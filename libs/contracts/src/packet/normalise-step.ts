import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { asText } from './as-text.js';
import { withExtra } from './with-extra.js';

/**
 * Ours `{id, action, status, summary, evidence[], at}`, and the tool-call form `{step, tool, arguments, result, error}`.
 * Keys that found no place in it, an error's text among them, are kept in `extra`.
 */
export function normaliseStep(step: Json, index: number): Json {
  if (typeof step === 'string') return { id: String(index + 1), action: step, status: 'done', summary: '', evidence: [] };
  if (!isJsonObject(step)) return step;
  const { pick, rest } = picker(step);
  const args = pick('args', 'arguments');
  const at = pick('at');
  return {
    id: asText(pick('id', 'step') ?? '') || String(index + 1),
    action: pick('action', 'tool', 'name') ?? '',
    ...(args === undefined ? {} : { args }),
    status: statusOf(pick('status'), step['error']),
    summary: asText(pick('summary', 'result') ?? ''),
    evidence: pick('evidence') ?? [],
    ...(at === undefined ? {} : { at }),
    ...withExtra(pick('extra'), rest()),
  };
}

/** `pick` takes the first of some synonyms that says something; `rest` is what nobody took. */
function picker(step: JsonObject) {
  const taken = new Set<string>();
  return {
    pick: (...names: readonly string[]): Json | undefined => {
      const name = names.find((it) => Object.hasOwn(step, it) && !isBlank(step[it]));
      if (name !== undefined) taken.add(name);
      return name === undefined ? undefined : step[name];
    },
    rest: () => Object.entries(step).filter(([key, value]) => !taken.has(key) && !(OURS.has(key) && saysNothing(key, value))),
  };
}

const OURS: ReadonlySet<string> = new Set([
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

const isBlank = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

/** An error that is only true or false is told by the status. */
const saysNothing = (key: string, value: Json): boolean => isBlank(value) || (key === 'error' && typeof value === 'boolean');

function statusOf(status: Json | undefined, error: Json | undefined): Json {
  if (status === undefined) return isBlank(error) || error === false || error === 0 ? 'done' : 'failed';
  return typeof status === 'string' ? (SYNONYMS.get(status) ?? status) : status;
}

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['ok', 'done'],
  ['success', 'done'],
  ['succeeded', 'done'],
  ['completed', 'done'],
  ['error', 'failed'],
  ['failure', 'failed'],
]);
