import { DECISION_TYPES, type HandoffDecision } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { placeAnew } from './follow-first.js';
import { requestEnd } from './request-end.js';

/** Ended absorbs everything, and what was asked for twice is answered once. */
export function applyDecision(board: Board, decision: HandoffDecision): void {
  board.turnTo(decision.handoff_id);
  const { tenant, handoff_id: handoffId } = decision;
  const assignment = board.find(handoffId);
  if (!assignment) return board.hold({ kind: 'decision', tenant, handoffId, event: decision });
  if (assignment.state === 'ended') return;
  board.keep({ ...assignment, state: 'ended' });
  if (isPersons(decision)) answerDuplicates(board, assignment, decision);
  else for (const duplicate of board.duplicatesOf(assignment)) placeAnew(board, duplicate);
}

/** Whichever of them the person answered: the others asked for the same action, and it must not be done once more. */
function answerDuplicates(board: Board, answered: Assignment, { decision_id }: HandoffDecision): void {
  const firstId = answered.routed.duplicate_of ?? answered.handoffId;
  const same = board.openOf(answered).filter(({ handoffId, routed }) => handoffId === firstId || routed.duplicate_of === firstId);
  const reason = `Handoff ${answered.handoffId} asked for the same action, and was decided.`;
  for (const it of same) requestEnd(board, it, { type: 'duplicate', reason, repeats: decision_id });
}

const isPersons = ({ type }: HandoffDecision): boolean => DECISION_TYPES.some((it) => it === type);
