import fc from 'fast-check';
import type { Json, JsonObject } from '../json.js';

const WORDS = [
  'id', 'step', 'action', 'tool', 'name', 'args', 'arguments', 'status', 'error', 'summary', 'result', 'evidence', 'at', 'extra',
  'text', 'value', 'code', 'kind', 'rationale', 'alternatives', 'title', 'url', 'sha256', 'limit', 'constructor', 'toString', 'toJSON',
]; // prettier-ignore

/** Any JSON, with keys that have a meaning to some code or other now and then. */
export const looseJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Json>(
      null,
      true,
      false,
      0,
      -1,
      0.5,
      '',
      'done',
      'failed',
      'other',
      'high',
      'constructor',
      '{"name":"a","arguments":{}}',
    ),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...WORDS), fc.string()), tie('value'), { maxKeys: 6 }),
  ),
})).value;

const FIELDS = [
  'task_id', 'original_request', 'steps_completed', 'current_state', 'reason_for_escalation', 'recommended_action', 'urgency', 'data_links',
  'attempts', 'confidence', 'authority', 'agent', 'requested_by', 'resume', 'parent', 'supersedes', 'allowed_decisions', 'args_schema',
  'idempotency_key', 'expires_at', 'tags', 'features', 'metadata', 'extra', 'unknown', 'constructor',
]; // prettier-ignore

/** Something with a packet's keys and anything for their values. */
export const loosePacket: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom(...FIELDS), looseJson, { maxKeys: 20 });
