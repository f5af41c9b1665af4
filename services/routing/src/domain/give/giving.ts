import { DEFAULT_ROUNDS, type AgentId, type Assignee, type HandoffAccepted, type PersonId } from '@handoff/contracts';

/** Of a task that is given to an agent: what decides who gets it, and who sees what comes of it. */
export interface Giving {
  readonly agentId: AgentId | null;
  readonly capability: string | null;
  readonly reviewer: Assignee | null;
  readonly delegatedBy: PersonId | null;
  readonly rounds: number;
  /** Who was offered it and did not keep it; nobody is offered it twice. */
  readonly tried: readonly AgentId[];
}

/** Null where people are asked from the beginning. */
export function givingOf({ packet: { delegation } }: HandoffAccepted): Giving | null {
  if (!delegation) return null;
  const { agent_target: target, reviewer, delegated_by: delegatedBy, max_rounds: rounds } = delegation;
  return {
    agentId: target?.agent_id ?? null,
    capability: target?.capability ?? null,
    reviewer: reviewer ?? null,
    delegatedBy: delegatedBy ?? null,
    rounds: rounds ?? DEFAULT_ROUNDS,
    tried: [],
  };
}
