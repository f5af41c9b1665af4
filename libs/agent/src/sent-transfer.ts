import type { AccumulatedState, SentDelegation, SentTransfer } from '@handoff/contracts';
import type { Written } from './written.js';

/** A task as an agent passes it on; what is left out is said to be none. Strings stand for agents, results, decisions and constraints. */
export interface AgentTransfer extends Written<Omit<SentTransfer, 'accumulated_state'>, 'task_id' | 'from' | 'to' | 'goal'> {
  /** With its `value`, or, where that is too large for a packet, with what `putObject` gives. */
  readonly accumulated_state: AccumulatedState;
}

/** A new task, as an agent gives it to another one; a template fills in what it leaves out. Who gives it is known by the agent's key. */
export interface AgentDelegation extends Written<Omit<SentDelegation, 'delegated_by'>, 'task_id'> {}

export const NOTHING_PASSED_ON = { results: [], remaining: [], decisions: [], provenance: [], constraints: [] } as const;
