import { AUDIT_AGENT, type AskingVerdict, type DecisionType, type ReasonCode } from '@handoff/contracts';
import type { OutcomeRecord, PersonsDecision, RecommendationRecord } from './records.js';

/** What the tables of labels look at. */
export interface LabelCase {
  readonly reason: ReasonCode;
  readonly type: DecisionType;
  /** The person's answer to "should the agent have handled this itself?". */
  readonly answer: AskingVerdict | null;
  /** A task that its agent did alone, and that was drawn for an audit: the agent's own action is what was recommended. */
  readonly isAudit: boolean;
  /** Whether what was decided turned out well; null where nothing is known of that. */
  readonly wentWell: boolean | null;
}

export const isApproved = ({ type }: LabelCase): boolean => type === 'approve';

export function labelCase({ reason_code }: RecommendationRecord, decision: PersonsDecision, outcome: OutcomeRecord | null): LabelCase {
  return {
    reason: reason_code,
    type: decision.type,
    answer: decision.asking_was,
    isAudit: decision.agent_id === AUDIT_AGENT,
    wentWell: wentWell(decision, outcome),
  };
}

/** Where something else was carried out, how it ended says nothing of what was decided. */
function wentWell({ action_digest: decided }: PersonsDecision, outcome: OutcomeRecord | null): boolean | null {
  if (outcome === null || outcome.result === 'cancelled') return null;
  const { executed_digest: executed, result } = outcome;
  return executed !== null && decided !== null && executed !== decided ? null : result === 'succeeded';
}
