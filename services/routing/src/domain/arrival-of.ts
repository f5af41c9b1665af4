import type { HandoffAccepted } from '@handoff/contracts';
import type { Arrival } from './assignment.js';
import type { Facts } from './choose-rule.js';

export function arrivalOf(accepted: HandoffAccepted): Arrival {
  return {
    tenant: accepted.tenant,
    agentId: accepted.agent_id,
    taskId: accepted.task_id,
    handoffId: accepted.handoff_id,
    ...digestsOf(accepted),
    packetVersion: accepted.packet_version,
    urgency: accepted.packet.urgency,
    acceptedAt: new Date(accepted.accepted_at),
    intakeSequence: accepted.sequence,
  };
}

function digestsOf({ packet, action_digest: actionDigest, ask_digest: askDigest }: HandoffAccepted) {
  const asksForNothing = packet.recommended_action.kind === 'none';
  return asksForNothing ? { actionDigest: null, askDigest: null } : { actionDigest, askDigest: askDigest ?? null };
}

export function factsOf({ kind, agent_id: agentId, packet }: HandoffAccepted): Facts {
  const { urgency, reason_for_escalation: reason, tags = [] } = packet;
  return { kind, urgency, reasonCode: reason.code, agentId, tags };
}
