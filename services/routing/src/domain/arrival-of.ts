import type { HandoffAccepted } from '@handoff/contracts';
import type { Arrival } from './assignment.js';
import type { Facts } from './choose-rule.js';

export function arrivalOf(accepted: HandoffAccepted): Arrival {
  return {
    tenant: accepted.tenant,
    agentId: accepted.agent_id,
    taskId: accepted.task_id,
    handoffId: accepted.handoff_id,
    actionDigest: accepted.packet.recommended_action.kind === 'none' ? null : accepted.action_digest,
    packetVersion: accepted.packet_version,
    urgency: accepted.packet.urgency,
    acceptedAt: new Date(accepted.accepted_at),
    intakeSequence: accepted.sequence,
  };
}

export function factsOf({ kind, agent_id: agentId, packet }: HandoffAccepted): Facts {
  const { urgency, reason_for_escalation: reason, tags = [] } = packet;
  return { kind, urgency, reasonCode: reason.code, agentId, tags };
}
