import { AUDIT_AGENT, type AgentId, type JsonObject, type Packet, type TaskId } from '@handoff/contracts';

/** A task that its agent did alone, drawn for an audit. */
export interface Audited {
  readonly outcome_id: string;
  readonly task_id: TaskId;
  readonly agent_id: AgentId;
  readonly packet: Packet;
}

/** Its own, so that it is no task of the agent's. */
export const auditTaskId = (outcomeId: string): string => `audit-${outcomeId}`;

/**
 * What people are asked of it: with what the agent had before it, and without how it ended, which would make everybody wise. What it did is
 * words here: an approval is the auditor's word about it, and is never to be carried out again.
 */
export function auditPacket({ outcome_id, task_id, agent_id, packet }: Audited): JsonObject {
  const { original_request, steps_completed, current_state, data_links, attempts, confidence, features, tags = [] } = packet;
  const { kind, name, args, rationale } = packet.recommended_action;
  const did = kind === 'none' ? 'It has not said what it did.' : `It did: ${name} ${JSON.stringify(args)}`;
  const given = { original_request, steps_completed, current_state, data_links, attempts, confidence, features };
  return {
    ...(JSON.parse(JSON.stringify(given)) as JsonObject), // without what is undefined
    task_id: auditTaskId(outcome_id),
    agent: { id: AUDIT_AGENT },
    reason_for_escalation: {
      code: 'policy_required',
      text: `An audit: ${agent_id} did this alone. Approve if that was right; reject if a person should have been asked. Nothing will be carried out.`,
    },
    recommended_action: { kind: 'text', name: '', args: { text: did }, rationale, alternatives: [] },
    urgency: 'low',
    allowed_decisions: ['approve', 'reject'],
    idempotency_key: `audit:${outcome_id}`,
    parent: { task_id },
    tags: [...tags.filter((tag) => tag !== AUDIT_TAG).slice(0, MOST_TAGS - 1), AUDIT_TAG],
  };
}

export const AUDIT_TAG = 'audit';
const MOST_TAGS = 20;
