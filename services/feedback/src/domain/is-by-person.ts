import { DECISION_TYPES } from '@handoff/contracts';
import type { DecisionRecord, PersonsDecision } from './records.js';

/** An earlier answer given again is nobody's judgement of this handoff, whatever its type. */
export function isByPerson(decision: DecisionRecord): decision is PersonsDecision {
  return DECISION_TYPES.some((type) => type === decision.type) && (decision.repeats ?? null) === null;
}
