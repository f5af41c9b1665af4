import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { MAX_DEPTH, parseJsonText } from '../wire/parse-json.js';
import { MAX_NAME_CHARACTERS } from './packet-parts.js';

/** A call as JSON text `{"name", "arguments"}`, our object, or words. */
export function normaliseRecommendation(action: Json): Json {
  if (typeof action === 'string') {
    if (action.trim() === '') return inOrder({ kind: 'none', name: '', args: {} }, []);
    return inOrder(parseCall(action) ?? inWords(action), []);
  }
  if (!isJsonObject(action)) return action;
  const { alternatives } = action;
  return inOrder(normaliseAction(action), Array.isArray(alternatives) ? alternatives.map(normaliseAlternative) : (alternatives ?? []));
}

/** The same order of keys whatever came in, so that a normalised action is the same text, too. */
function inOrder(
  { kind = null, name = null, args = null, rationale, alternatives: _, ...rest }: JsonObject,
  alternatives: Json,
): JsonObject {
  return { kind, name, args, rationale: rationale ?? '', alternatives, ...rest };
}

function normaliseAlternative(action: Json): Json {
  if (typeof action === 'string') return parseCall(action) ?? inWords(action);
  return isJsonObject(action) ? normaliseAction(action) : action;
}

const inWords = (words: string): JsonObject => ({ kind: 'text', name: '', args: { text: words } });

function normaliseAction(action: JsonObject): JsonObject {
  const { kind, name, tool, args, arguments: params, ...rest } = action;
  const named = name || (tool ?? name ?? '');
  const given = args ?? params ?? {};
  const unused = { ...(name && tool ? { tool } : {}), ...(args && params ? { arguments: params } : {}) };
  return { kind: kind || kindOf(named, given), name: named, args: given, ...rest, ...unused };
}

function kindOf(name: Json, args: Json): string {
  if (name !== '') return 'tool_call';
  return isJsonObject(args) && Object.keys(args).length === 0 ? 'none' : 'text';
}

/** The text inside a text has to be as safe as the packet around it; where it is not, or is more than a call, it stays words. */
function parseCall(words: string): JsonObject | null {
  if (!words.trimStart().startsWith('{')) return null;
  const parsed = parseJsonText(words, MAX_DEPTH - LEVELS_AROUND);
  if (parsed.kind === 'faults' || !isJsonObject(parsed.value)) return null;
  const { name, rationale = '', ...rest } = parsed.value;
  const call = normaliseAction({ name: name ?? '', ...rest });
  const isCall = typeof name === 'string' && name !== '' && name.length <= MAX_NAME_CHARACTERS && isJsonObject(call['args'] ?? null);
  return isCall && typeof rationale === 'string' && !('kind' in rest || 'alternatives' in rest) ? { ...call, rationale } : null;
}

/** The packet and the list of alternatives: args may be as deep as they could have been outside the text. */
const LEVELS_AROUND = 2;
