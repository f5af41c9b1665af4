import type { HandoffDecision } from '@handoff/contracts';
import type { Assignment } from '../assignment.js';
import type { Board } from '../board.js';
import { requestEnd } from '../request-end.js';
import { shortened } from '../shorten.js';
import { hold, isGiven, nextCycle, type Given } from './hand-over.js';

/** An escalation that is new here: whoever asked it within a task waits for it, and one that has lost the task asks for nobody. */
export function beginWithin(board: Board, escalation: Assignment): void {
  const given = taskOf(board, escalation);
  if (given === null || escalation.state !== 'open') return;
  if (given.state !== 'open' || given.giving.tried.includes(escalation.agentId)) {
    const reason = `It was asked within delegation ${given.handoffId}, which ${escalation.agentId} does not have any more.`;
    return requestEnd(board, escalation, { type: 'withdrawn', reason });
  }
  const { handoffId, agentId } = escalation;
  holdAnew(board, given, escalation, `${agentId} waits for people’s answer to handoff ${handoffId}, which it asked within this task.`);
}

/** It goes on, with a whole lease for it. */
export function endWithin(board: Board, escalation: Assignment, { type }: Pick<HandoffDecision, 'type'>): void {
  const given = taskOf(board, escalation);
  if (given?.state !== 'open') return;
  const { handoffId, agentId } = escalation;
  holdAnew(board, given, escalation, `${agentId} goes on: handoff ${handoffId}, which it asked within this task, ended as ${type}.`);
}

function taskOf(board: Board, { within }: Assignment): Given | null {
  const given = within && board.find(within);
  return given && isGiven(given) ? given : null;
}

/** A cycle of its own, so that no clock of before is taken for one of now. Where the task is under review, nothing waits. */
function holdAnew(board: Board, given: Given, { agentId }: Assignment, why: string): void {
  const { event, agent } = given.routed;
  if (event === 'held' && agent?.agent_id === agentId) hold(board, given, agent, { why: shortened(why), cycle: nextCycle(given.routed) });
}
