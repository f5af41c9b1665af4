import { deriveId, type DecisionType, type Json, type JsonObject, type Urgency } from '@handoff/contracts';

/** A packet as an agent writes it: the eight fields, of which those with nothing to say may be left out, and any optional ones. */
export interface AgentPacket {
  readonly task_id: string;
  readonly original_request: string;
  readonly steps_completed?: readonly Json[];
  readonly current_state?: Json;
  readonly reason_for_escalation: Json;
  readonly recommended_action?: Json;
  readonly urgency?: Urgency;
  readonly data_links?: readonly Json[];
  /** Names this question: asked again under the same key it is the same one, also after a restart. By default the packet names itself. */
  readonly idempotency_key?: string;
  readonly allowed_decisions?: readonly DecisionType[];
  /** Given back with the decision: a thread id, the key of a kept run. */
  readonly resume?: Json;
  readonly agent?: Json;
  readonly attempts?: readonly Json[];
  readonly confidence?: Json;
  readonly authority?: JsonObject;
  readonly requested_by?: string;
  readonly parent?: JsonObject;
  readonly supersedes?: string;
  /** JSON Schema that edited arguments must satisfy. */
  readonly args_schema?: JsonObject;
  /** JSON Schema of a response, of which the desk makes a form. */
  readonly response_schema?: JsonObject;
  readonly options?: readonly Json[];
  readonly expires_at?: string;
  readonly tags?: readonly string[];
  readonly features?: JsonObject;
  readonly metadata?: JsonObject;
  /** Fields of the agent's own, kept and shown. */
  readonly extra?: JsonObject;
}

const NOTHING_MORE = { steps_completed: [], current_state: '', recommended_action: '', urgency: 'medium', data_links: [] };

/** All eight fields. */
export const complete = (packet: AgentPacket) => ({ ...NOTHING_MORE, ...packet });

/** As it is sent, and the key under which it is sent again: its own, else one of all that it says. */
export function named({ idempotency_key: key, ...fields }: Named): readonly [sent: JsonObject, key: string] {
  const text = JSON.stringify(fields);
  return [JSON.parse(text) as JsonObject, key ?? deriveId('asked', fields.task_id, text)]; // JSON, so without what is undefined
}

interface Named {
  readonly task_id: string;
  readonly idempotency_key?: string;
}
