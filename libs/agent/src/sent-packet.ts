import { deriveId, type JsonObject, type Packet } from '@handoff/contracts';
import type { Written } from './written.js';

/** What no agent sends. */
type OfOtherKinds = 'delegation' | 'transfer';

/**
 * A packet as an agent writes it: the eight fields, of which those with nothing to say may be left out, and any optional ones. Its
 * `idempotency_key` names the question: asked again under the same key it is the same one, also after a restart. By default the packet names itself.
 */
export interface AgentPacket extends Written<Omit<Packet, OfOtherKinds>, 'task_id' | 'original_request' | 'reason_for_escalation'> {}

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
