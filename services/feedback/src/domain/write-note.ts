import type { AskingVerdict, DecisionType, EndType, EscalationFeedback, LabelSource, RecommendationFeedback } from '@handoff/contracts';
import { isByPerson } from './is-by-person.js';
import type { DecisionRecord } from './records.js';

const DONE: Readonly<Record<DecisionType, string>> = {
  approve: 'The recommended action was approved as it stood',
  edit: 'The recommended action was approved with other arguments',
  reject: 'The recommended action was rejected',
  respond: 'A person answered in words',
  take_over: 'A person took the task over',
};

const ENDED: Readonly<Record<EndType, string>> = {
  withdrawn: 'it was withdrawn',
  expired: 'it expired',
  superseded: 'another handoff took its place',
  duplicate: 'it was a duplicate of another one',
  rejected_by_policy: 'its policy rejected it when nobody had',
  approved_by_policy: 'its policy approved it when nobody had, as it can be undone',
  taken: 'another agent took it',
  returned: 'no other agent took it',
};

const ASKING: Readonly<Record<AskingVerdict, string>> = {
  necessary: 'asking was necessary',
  unnecessary: 'the agent could have gone on alone',
  late: 'the agent should have asked earlier',
  wrong_target: 'somebody else should have been asked',
  unknown: 'whether asking was necessary is not known',
};

interface Judged {
  readonly escalation: EscalationFeedback;
  readonly recommendation: RecommendationFeedback;
}

/** One sentence for the agent's author; made of our own words alone, since a packet's are not to be trusted. */
export function writeNote(decision: DecisionRecord, { escalation, recommendation }: Judged): string {
  if (!isByPerson(decision)) return `Nobody decided this handoff: ${whyNot(decision)}.`;
  const { edit_distance: distance } = recommendation;
  const edited = distance === null ? '' : ` (${Math.round(distance * 100)} % of them changed)`;
  return `${DONE[decision.type]}${edited}${turnedOut(recommendation)}; ${SAID_BY[escalation.source]}${ASKING[escalation.verdict]}.`;
}

function whyNot({ type }: DecisionRecord): string {
  return type in ENDED ? ENDED[type as EndType] : 'an earlier answer was given again'; // of END_TYPES, or else a repeat
}

function turnedOut({ correct, source, verdict }: RecommendationFeedback): string {
  if (source !== 'outcome' || correct === null) return '';
  return verdict === 'followed' && !correct ? ', and it went wrong' : ', and it went well';
}

const SAID_BY: Readonly<Record<LabelSource, string>> = {
  person: 'the person says that ',
  rule: 'by rule, ',
  audit: 'the audit says that ',
  outcome: 'by how it ended, ',
};
