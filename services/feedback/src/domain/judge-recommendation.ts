import { assertNever, type Action, type DecisionType, type RecommendationFeedback } from '@handoff/contracts';
import { editDistance } from './edit-distance.js';
import type { PersonsDecision } from './records.js';

type Judgement = Pick<RecommendationFeedback, 'verdict' | 'edit_distance'>;

/** Was it followed? Never whether it was correct: an approved action may fail, and only its outcome says so. */
export function judgeRecommendation(recommended: Action, decision: PersonsDecision): RecommendationFeedback {
  if (recommended.kind === 'none') return { verdict: 'not_applicable', edit_distance: null, correct: null, source: 'person' };
  return { ...judge(decision.type, recommended, decision.action), correct: null, source: 'person' };
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
