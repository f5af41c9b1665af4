import type { EscalationFeedback, RecommendationFeedback } from '@handoff/contracts';
import { isByPerson } from './is-by-person.js';
import { judgeEscalation } from './judge-escalation.js';
import { judgeRecommendation } from './judge-recommendation.js';
import { labelCase } from './label-case.js';
import type { DecisionRecord, OutcomeRecord, RecommendationRecord } from './records.js';
import { writeNote } from './write-note.js';

/** Counted up with each change of what the tables below say; whatever was labelled by earlier ones is labelled anew at the next start. */
export const RULES_VERSION = 2;

export interface Label {
  readonly escalation: EscalationFeedback;
  readonly recommendation: RecommendationFeedback;
  readonly note: string;
}

const UNJUDGED: Omit<Label, 'note'> = {
  escalation: { verdict: 'unknown', source: 'rule', weight: 0 },
  recommendation: { verdict: 'not_applicable', correct: null, source: 'rule', edit_distance: null },
};

/**
 * What one decided handoff teaches about asking and about the recommendation.
 * @param recommended what the agent said in the packet that was decided; null while that has not come
 * @param outcome how the task ended; null while nobody has said so
 * @returns null where the label has to wait for it; what ended without a person waits for nothing
 */
export function label(recommended: RecommendationRecord | null, decision: DecisionRecord, outcome: OutcomeRecord | null): Label | null {
  if (!isByPerson(decision)) return { ...UNJUDGED, note: writeNote(decision, UNJUDGED) };
  if (!recommended) return null;
  const it = labelCase(recommended, decision, outcome);
  const judged = {
    escalation: judgeEscalation(it),
    recommendation: judgeRecommendation(recommended.action, decision.action, it),
  };
  return { ...judged, note: writeNote(decision, judged) };
}
