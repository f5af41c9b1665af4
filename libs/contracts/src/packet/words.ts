/** The closed lists of words on the wire. A new word is added here, and nowhere else. */

export const KINDS = ['escalation', 'delegation', 'transfer'] as const;
export type Kind = (typeof KINDS)[number];

export const URGENCIES = ['high', 'medium', 'low'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const SLA_CLASSES = ['critical', 'normal'] as const;
export type SlaClass = (typeof SLA_CLASSES)[number];

export const REASON_CODES = [
  'authority_limit',
  'low_confidence',
  'missing_information',
  'policy_required',
  'conflicting_evidence',
  'tool_failure',
  'user_requested_human',
  'safety_or_fraud',
  'out_of_scope',
  'repeated_failure',
  'other',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** What a person may answer. */
export const DECISION_TYPES = ['approve', 'edit', 'reject', 'respond', 'take_over'] as const;
export type DecisionType = (typeof DECISION_TYPES)[number];

/** What a policy may say where nobody has decided to its end. */
export const POLICY_ENDS = ['rejected_by_policy', 'approved_by_policy'] as const;

/** How a transfer ends where no person has to look: another agent has it, or it is its sender's again. */
export const TRANSFER_ENDS = ['taken', 'returned'] as const;

/** How a handoff ends without a person. */
export const END_TYPES = ['withdrawn', 'expired', 'superseded', 'duplicate', ...POLICY_ENDS, ...TRANSFER_ENDS] as const;
export type EndType = (typeof END_TYPES)[number];

/** A person's answer to "should the agent have handled this itself?": was asking necessary, or not. */
export const ASKING_VERDICTS = ['necessary', 'unnecessary', 'late', 'wrong_target', 'unknown'] as const;
export type AskingVerdict = (typeof ASKING_VERDICTS)[number];

/** Ways to reach a person who is not looking at the desk. */
export const PUSH_CHANNELS = ['slack', 'ntfy', 'email', 'webhook'] as const;
export type PushChannel = (typeof PUSH_CHANNELS)[number];

export const CHANNELS = ['desk', ...PUSH_CHANNELS] as const;
export type Channel = (typeof CHANNELS)[number];
