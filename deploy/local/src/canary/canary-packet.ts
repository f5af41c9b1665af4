import { randomBytes, randomUUID } from 'node:crypto';
import { CANARY_AGENT, type JsonObject, type Urgency } from '@handoff/contracts';
import type { Message } from 'kafkajs';

/** What it asks is of no consequence, and says so to whoever comes across it. */
export const canaryPacket = (taskId: string, urgency: Urgency): JsonObject => ({
  task_id: taskId,
  original_request: 'Show that a handoff comes through: from an agent’s publish to a person’s answer and back.',
  steps_completed: ['published this packet, as an agent would'],
  current_state: 'a program waits for the answer, and nobody else does',
  reason_for_escalation: { code: 'policy_required', text: 'the path is tried once a minute' },
  recommended_action: 'answer that it came through',
  urgency,
  data_links: [],
  agent: { id: CANARY_AGENT },
});

/** As an agent sends it that has a trace of its own. */
export function canaryMessage(taskId: string, urgency: Urgency, now: Date): Message {
  const headers = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: 'handoff.escalation.v1',
    ce_source: `urn:handoff:${CANARY_AGENT}`,
    ce_time: now.toISOString(),
    traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
  };
  return { key: taskId, value: JSON.stringify(canaryPacket(taskId, urgency)), headers };
}
