import { REASON_CODES, type EscalationFeedback, type LabelSource, type ReasonCode } from '@handoff/contracts';
import { isBoundToAsk } from './hard-limit.js';
import { isApproved, type LabelCase } from './label-case.js';

export interface EscalationRow {
  readonly when: string;
  readonly holds: (it: LabelCase) => boolean;
  readonly says: EscalationFeedback | ((it: LabelCase) => EscalationFeedback);
}

const says = (verdict: EscalationFeedback['verdict'], source: LabelSource, weight: number): EscalationFeedback => ({
  verdict,
  source,
  weight,
});
const of = (...codes: readonly ReasonCode[]): ((it: LabelCase) => boolean) => {
  const set = new Set(codes);
  return ({ reason }) => set.has(reason);
};

/** Not the agent's doubt: the user's wish; and a false alarm costs little beside the one that was not raised. */
const isOthersWish = of('user_requested_human', 'safety_or_fraud');
const isOutOfScope = of('out_of_scope');

/**
 * Was asking right? The first row that holds. The person's word stands even against an authority limit: it is about the limit then, and
 * whoever sets limits is to hear it; no rule and no outcome ever says so.
 */
export const ESCALATION_ROWS: readonly EscalationRow[] = [
  {
    when: 'the auditor answers "should the agent have handled this itself?"',
    holds: ({ isAudit, answer }) => isAudit && answer !== null,
    says: ({ answer }) => byAnswer(answer, 'audit'),
  },
  {
    when: 'the person answers "should the agent have handled this itself?"',
    holds: ({ answer }) => answer !== null,
    says: ({ answer }) => byAnswer(answer, 'person'),
  },
  { when: 'an audit approves what the agent did', holds: (it) => it.isAudit && isApproved(it), says: says('unnecessary', 'audit', 1) },
  { when: 'an audit would have done otherwise', holds: ({ isAudit }) => isAudit, says: says('necessary', 'audit', 1) },
  { when: 'the agent was bound to ask', holds: ({ reason }) => isBoundToAsk(reason), says: says('necessary', 'rule', 1) },
  {
    when: 'approved as it stood, and it went wrong',
    holds: (it) => isApproved(it) && it.wentWell === false,
    says: says('necessary', 'outcome', 0.8),
  },
  {
    when: 'the person did otherwise, and it went well',
    holds: (it) => !isApproved(it) && it.wentWell === true,
    says: says('necessary', 'outcome', 0.9),
  },
  { when: 'the person did otherwise', holds: (it) => !isApproved(it), says: says('necessary', 'rule', 0.8) },
  { when: 'others wanted a person, approved as it stood', holds: isOthersWish, says: says('necessary', 'rule', 0.8) },
  // Whether it was out of scope is told neither by an approval nor by how it ended.
  { when: 'out of scope, approved as it stood', holds: isOutOfScope, says: says('unknown', 'rule', 0) },
  {
    when: 'the agent doubted, approved as it stood, and it went well',
    holds: ({ wentWell }) => wentWell === true,
    says: says('unnecessary', 'outcome', 0.8),
  },
  // The agent was right and doubted it. One approval says little: it may have been right by luck.
  { when: 'low confidence, approved as it stood', holds: of('low_confidence'), says: says('unnecessary', 'rule', 0.3) },
  // That the agent was right does not say that it could have known.
  { when: 'another doubt, approved as it stood', holds: of(...REASON_CODES), says: says('unnecessary', 'rule', 0.2) },
];

const NOTHING = says('unknown', 'rule', 0);

export function judgeEscalation(it: LabelCase): EscalationFeedback {
  const row = ESCALATION_ROWS.find(({ holds }) => holds(it));
  if (!row) return NOTHING;
  return typeof row.says === 'function' ? row.says(it) : row.says;
}

function byAnswer(answer: LabelCase['answer'], source: LabelSource): EscalationFeedback {
  return says(answer ?? 'unknown', source, answer === 'unknown' ? 0 : 1);
}
