import { assertNever, type Action, type DecisionType, type LabelSource, type RecommendationFeedback } from '@handoff/contracts';
import { editDistance } from './edit-distance.js';
import { isApproved, type LabelCase } from './label-case.js';

type Judgement = Pick<RecommendationFeedback, 'verdict' | 'edit_distance'>;
type Correctness = Pick<RecommendationFeedback, 'correct' | 'source'>;

export interface CorrectnessRow {
  readonly when: string;
  readonly holds: (it: LabelCase) => boolean;
  readonly says: Correctness;
}

const says = (correct: boolean | null, source: LabelSource): Correctness => ({ correct, source });

/** Was it correct? Followed is not the same: an approved action may fail. Only how it ended says so, or an auditor; the first row that holds. */
export const CORRECTNESS_ROWS: readonly CorrectnessRow[] = [
  { when: 'it was followed and went well', holds: (it) => isApproved(it) && it.wentWell === true, says: says(true, 'outcome') },
  { when: 'it was followed and went wrong', holds: (it) => isApproved(it) && it.wentWell === false, says: says(false, 'outcome') },
  // Whoever took it over may have done just what was recommended.
  {
    when: 'something else was done and went well',
    holds: ({ wentWell, type }) => wentWell === true && type !== 'take_over',
    says: says(false, 'outcome'),
  },
  { when: 'an audit approves it', holds: (it) => it.isAudit && isApproved(it), says: says(true, 'audit') },
  {
    when: 'an audit would have changed or refused it',
    holds: ({ isAudit, type }) => isAudit && (type === 'edit' || type === 'reject'),
    says: says(false, 'audit'),
  },
];

const NOT_TOLD = says(null, 'person');

/** Was it followed, and was it correct? */
export function judgeRecommendation(recommended: Action, effective: Action | null, it: LabelCase): RecommendationFeedback {
  if (recommended.kind === 'none') return { verdict: 'not_applicable', edit_distance: null, ...NOT_TOLD };
  return { ...judge(it.type, recommended, effective), ...(CORRECTNESS_ROWS.find(({ holds }) => holds(it))?.says ?? NOT_TOLD) };
}

function judge(type: DecisionType, recommended: Action, effective: Action | null): Judgement {
  switch (type) {
    case 'approve':
      return { verdict: 'followed', edit_distance: null };
    case 'edit':
      return { verdict: 'followed_with_edits', edit_distance: effective ? editDistance(recommended, effective) : null };
    case 'reject':
    case 'respond':
    case 'take_over':
      return { verdict: 'overridden', edit_distance: null };
    default:
      return assertNever(type);
  }
}
