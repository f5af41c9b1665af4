import {
  DEFAULT_ROUNDS,
  type AgentId,
  type Assignee,
  type Delegation,
  type HandoffAccepted,
  type PersonId,
  type Transfer,
} from '@handoff/contracts';

/** Of a task that is given to an agent: what decides who gets it, and who sees what comes of it. */
export interface Giving {
  /** Left out by an earlier release, which gave what people delegate alone. */
  readonly kind?: 'delegation' | 'transfer';
  readonly agentId: AgentId | null;
  readonly capability: string | null;
  /** The oldest version of it that will do; left out where any does. */
  readonly minVersion?: string | null;
  readonly reviewer: Assignee | null;
  readonly delegatedBy: PersonId | null;
  readonly rounds: number;
  /** Who was offered it and did not keep it; nobody is offered it twice. */
  readonly tried: readonly AgentId[];
  /** Of a transfer: who had the task before, and never has it again. */
  readonly passed?: readonly AgentId[];
  /** Of a transfer: the form of its state, which whoever takes it must read. */
  readonly schemaId?: string;
  /** Until when the first offer stands; null where it has as long as every other. */
  readonly ackBy?: string | null;
}

/** Null where people are asked from the beginning. */
export function givingOf(accepted: HandoffAccepted): Giving | null {
  const { delegation, transfer } = accepted.packet;
  if (transfer) return passing(transfer, accepted);
  return delegation ? delegating(delegation) : null;
}

function delegating({ agent_target: target, reviewer, delegated_by: delegatedBy, max_rounds: rounds }: Delegation): Giving {
  return {
    kind: 'delegation',
    agentId: target?.agent_id ?? null,
    capability: target?.capability ?? null,
    minVersion: target?.min_version ?? null,
    reviewer: reviewer ?? null,
    delegatedBy: delegatedBy ?? null,
    rounds: rounds ?? DEFAULT_ROUNDS,
    tried: [],
  };
}

/** Nobody reviews it: whoever takes it goes on. */
function passing({ to, state, ack_by: ackBy }: Transfer, { agent_id: sender, hands }: HandoffAccepted): Giving {
  return {
    kind: 'transfer',
    agentId: to.agent_id ?? null,
    capability: to.capability ?? null,
    minVersion: to.min_version ?? null,
    reviewer: null,
    delegatedBy: null,
    rounds: 1,
    tried: [],
    passed: hands ?? [sender],
    schemaId: state.schema_id,
    ackBy: ackBy ?? null,
  };
}
