import {
  requestedAmount,
  type AgentId,
  type Amount,
  type HandoffAccepted,
  type Kind,
  type ReasonCode,
  type TenantId,
  type Urgency,
} from '@handoff/contracts';

/** What a policy can ask about a handoff. */
export interface Facts {
  readonly tenant: TenantId;
  readonly kind: Kind;
  readonly urgency: Urgency;
  readonly reasonCode: ReasonCode;
  readonly agentId: AgentId;
  readonly tags: readonly string[];
  /** Null: the packet names none. */
  readonly amount: Amount | null;
  /** The recommended action's name. */
  readonly action: string;
}

export function factsOf({ tenant, kind, agent_id: agentId, packet }: HandoffAccepted): Facts {
  const { urgency, reason_for_escalation: reason, tags = [], authority, recommended_action: action } = packet;
  return {
    ...{ tenant, kind, urgency, reasonCode: reason.code, agentId, tags },
    amount: requestedAmount(authority),
    action: action.name,
  };
}
