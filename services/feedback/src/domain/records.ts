import type { Action, DecisionType, HandoffDecision, ReasonCode } from '@handoff/contracts';

/** What the agent said in the packet that was decided, as far as a label depends on it. */
export interface RecommendationRecord {
  readonly reason_code: ReasonCode;
  readonly action: Action;
}

/** What came of it, as far as a label depends on it. */
export type DecisionRecord = Pick<HandoffDecision, 'type' | 'action' | 'asking_was' | 'repeats'>;

/** One that a person made for this handoff. */
export type PersonsDecision = DecisionRecord & { readonly type: DecisionType };
