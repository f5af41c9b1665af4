import type { DecisionType, EndType, Kind, ReasonCode, Urgency } from '@handoff/contracts';

/** Our words for what is on the wire as codes. A packet's own text never names a button or a state. */
export const REASON_WORDS: Readonly<Record<ReasonCode, string>> = {
  authority_limit: 'Above its authority',
  low_confidence: 'Not sure enough',
  missing_information: 'Information is missing',
  policy_required: 'A policy asks for a person',
  conflicting_evidence: 'The evidence conflicts',
  tool_failure: 'A tool failed',
  user_requested_human: 'The user asked for a person',
  safety_or_fraud: 'Safety or fraud',
  out_of_scope: 'Out of its scope',
  repeated_failure: 'It failed repeatedly',
  other: 'Another reason',
};

export const URGENCY_WORDS: Readonly<Record<Urgency, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

export const KIND_WORDS: Readonly<Record<Kind, string>> = { escalation: 'Escalation', delegation: 'Delegation', transfer: 'Transfer' };

/** What is said of a handoff that has ended. */
export const ENDED_WORDS: Readonly<Record<DecisionType | EndType, string>> = {
  approve: 'Approved',
  edit: 'Approved with edits',
  reject: 'Rejected',
  respond: 'Responded',
  take_over: 'Taken over',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  superseded: 'Superseded',
  duplicate: 'Ended as a duplicate',
  rejected_by_policy: 'Rejected by the policy, as nobody decided',
  approved_by_policy: 'Approved by the policy, as nobody decided',
  taken: 'Taken by another agent',
  returned: 'Back with its sender',
};
