import type { DecisionType, EscalationFeedback, ReasonCode } from '@handoff/contracts';
import type { PersonsDecision } from './records.js';

type ByRule = Pick<EscalationFeedback, 'verdict' | 'weight'>;

const NECESSARY: ByRule = { verdict: 'necessary', weight: 1 };
/** The person had to do something that the agent had not come to by itself. */
const LIKELY_NECESSARY: ByRule = { verdict: 'necessary', weight: 0.8 };
/** The agent was right and doubted it. One approval says little: it may have been right by luck. */
const WEAKLY_UNNECESSARY: ByRule = { verdict: 'unnecessary', weight: 0.3 };
/** The same, of something other than doubt: that the agent was right does not say that it could have known. */
const HARDLY_UNNECESSARY: ByRule = { verdict: 'unnecessary', weight: 0.2 };
const NOTHING: ByRule = { verdict: 'unknown', weight: 0 };

/** Necessary whatever was decided: the agent was not allowed to go on alone, so an approval is no evidence against asking. */
const ALWAYS_NECESSARY: ReadonlySet<ReasonCode> = new Set(['authority_limit', 'policy_required']);

/** What it says about asking that the recommendation was approved as it stood. */
const APPROVED_UNCHANGED: Readonly<Record<ReasonCode, ByRule>> = {
  authority_limit: NECESSARY,
  policy_required: NECESSARY,
  user_requested_human: LIKELY_NECESSARY, // the user's wish, not the agent's doubt
  safety_or_fraud: LIKELY_NECESSARY, // a false alarm costs little beside the one that was not raised
  low_confidence: WEAKLY_UNNECESSARY,
  missing_information: HARDLY_UNNECESSARY,
  conflicting_evidence: HARDLY_UNNECESSARY,
  tool_failure: HARDLY_UNNECESSARY,
  repeated_failure: HARDLY_UNNECESSARY,
  other: HARDLY_UNNECESSARY,
  out_of_scope: NOTHING, // whether it was out of scope is not told by an approval
};

/**
 * Was asking right? The person's own answer first; without one the rules. The person's word stands even against an authority
 * limit: it is about the limit then, and whoever sets limits is to hear it; rules alone never say so.
 */
export function judgeEscalation(reason: ReasonCode, decision: PersonsDecision): EscalationFeedback {
  const { asking_was: answer } = decision;
  if (answer) return { verdict: answer, source: 'person', weight: answer === 'unknown' ? 0 : 1 };
  return { ...byRule(reason, decision.type), source: 'rule' };
}

function byRule(reason: ReasonCode, type: DecisionType): ByRule {
  if (ALWAYS_NECESSARY.has(reason)) return NECESSARY;
  return type === 'approve' ? APPROVED_UNCHANGED[reason] : LIKELY_NECESSARY;
}
