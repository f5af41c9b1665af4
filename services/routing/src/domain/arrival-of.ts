import type { HandoffAccepted } from '@handoff/contracts';
import type { Arrival } from './assignment.js';
import { factsOf } from './facts.js';
import { givingOf } from './give/giving.js';

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
    facts: factsOf(accepted),
    giving: givingOf(accepted),
    within: accepted.within ?? null,
    intakeSequence: accepted.sequence,
  };
}

function digestsOf({ packet, action_digest: actionDigest, ask_digest: askDigest }: HandoffAccepted) {
  const asksForNothing = packet.recommended_action.kind === 'none';
  return asksForNothing ? { actionDigest: null, askDigest: null } : { actionDigest, askDigest: askDigest ?? null };
}
