import type { Action, DecisionType, HandoffDecision, ReasonCode, TaskResult } from '@handoff/contracts';

/** What the agent said in the packet that was decided, as far as a label depends on it. */
export interface RecommendationRecord {
  readonly reason_code: ReasonCode;
  readonly action: Action;
}

/** What came of it, as far as a label depends on it. */
export type DecisionRecord = Pick<HandoffDecision, 'type' | 'action' | 'action_digest' | 'asking_was' | 'repeats' | 'agent_id'>;

/** One that a person made for this handoff. */
export type PersonsDecision = DecisionRecord & { readonly type: DecisionType };

/** How the task ended, as far as a label depends on it. */
export interface OutcomeRecord {
  readonly result: TaskResult;
  /** Null where nobody said what was carried out. */
  readonly executed_digest: string | null;
}
