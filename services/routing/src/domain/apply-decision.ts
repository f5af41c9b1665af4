import { DECISION_TYPES, POLICY_ENDS, type HandoffDecision } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { placeAnew } from './follow-first.js';
import { endWithin } from './give/ask-within.js';
import { tell } from './give/hand-over.js';
import { withdrawWithin } from './give/within.js';
import { answeredWith, requestEnd } from './request-end.js';

/** Ended absorbs everything, and what was asked for twice is answered once. */
export function applyDecision(board: Board, decision: HandoffDecision): void {
  board.turnTo(decision.handoff_id);
  const { tenant, handoff_id: handoffId } = decision;
  const assignment = board.find(handoffId);
  if (!assignment) return board.hold({ kind: 'decision', tenant, handoffId, event: decision });
  if (assignment.state === 'ended') return;
  if (decision.type === 'taken') confirmTaken(board, assignment, decision);
  else cancelWork(board, assignment, decision);
  board.keep({ ...assignment, state: 'ended', endedAt: new Date(decision.decided_at), ...rejectionIn(assignment, decision) });
  withdrawWithin(board, assignment, `That has ended: ${decision.type}.`);
  endWithin(board, assignment, decision);
  if (isAnswer(decision)) answerDuplicates(board, assignment, decision);
  else for (const duplicate of board.duplicatesOf(assignment)) placeAnew(board, duplicate);
}

/** Only what was recorded counts, so that no person has decided on what an agent begins. */
function confirmTaken(board: Board, assignment: Assignment, { taken_by }: HandoffDecision): void {
  const { agent } = assignment.routed;
  if (agent && agent.agent_id === taken_by) tell(board, assignment, agent, 'confirmed', `${agent.agent_id} has taken it.`);
}

/** An agent that is at it stops; one whose delivery was approved has nothing left to hear. */
function cancelWork(board: Board, assignment: Assignment, { type, decision_id, message }: HandoffDecision): void {
  const { routed } = assignment;
  const isAccepted = routed.event === 'asked' && type === 'approve';
  if (routed.agent && !isAccepted)
    tell(board, assignment, routed.agent, 'cancelled', message ?? `It ended: ${type}.`, null, { decision_id });
}

/** Whichever of them was answered: the others asked for the same action, and it must not be done once more. */
function answerDuplicates(board: Board, answered: Assignment, { decision_id }: HandoffDecision): void {
  const firstId = answered.routed.duplicate_of ?? answered.handoffId;
  const same = board.openOf(answered).filter(({ handoffId, routed }) => handoffId === firstId || routed.duplicate_of === firstId);
  for (const it of same) requestEnd(board, it, answeredWith(answered.handoffId, decision_id));
}

/** Remembered for the version that was judged alone: what another version asks has not been answered. */
function rejectionIn({ packetVersion }: Assignment, decision: HandoffDecision): Partial<Assignment> {
  if (decision.type !== 'reject' || !isPersons(decision) || decision.packet_version !== packetVersion) return {};
  return { rejectionId: decision.decision_id, rejectedAt: new Date(decision.decided_at) };
}

/** The policy's own end is one as well: what it approved must not be done once more. */
const isAnswer = (decision: HandoffDecision): boolean => isPersons(decision) || POLICY_ENDS.some((it) => it === decision.type);

/** An earlier answer given again is nobody's. */
const isPersons = ({ type, repeats }: HandoffDecision): boolean => DECISION_TYPES.some((it) => it === type) && (repeats ?? null) === null;
