import { jsonObjectIn, type Json, type JsonObject } from '@handoff/contracts';

/** What came of asking another service: its answer, or why there was none. */
export type Outcome =
  { readonly kind: 'answered'; readonly status: number; readonly body: Buffer } | { readonly kind: 'not-reached' | 'lost' | 'too-large' };

/** What the audit log keeps of a change that another service was asked for: the fields that are named, and what came of it. */
export function changeDetails(keeps: readonly string[], asked: JsonObject, outcome: Outcome): JsonObject {
  const answered = outcome.kind === 'answered' ? jsonObjectIn(outcome.body.toString('utf8')) : {};
  const kept = keeps.map((name): [string, Json] => [name, asked[name] ?? answered[name] ?? null]);
  return { ...Object.fromEntries(kept), result: resultOf(outcome), code: answered['code'] ?? null };
}

function resultOf(outcome: Outcome): 'done' | 'refused' | 'not_reached' | 'unknown' {
  if (outcome.kind === 'not-reached') return 'not_reached';
  if (outcome.kind !== 'answered' || outcome.status >= 500) return 'unknown';
  return outcome.status < 300 ? 'done' : 'refused';
}
