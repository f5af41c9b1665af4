import type { HandoffAccepted, HandoffMove } from '@handoff/contracts';
import type { Assignment } from '../assignment.js';
import type { Board } from '../board.js';
import { askPeople, hold, isGiven, nextCycle, tell } from './hand-over.js';

/** Whoever holds the task has handed in its work, so somebody reviews it; what another hands in, whose lease has lapsed, is nobody's work. */
export function applyDelivery(board: Board, assignment: Assignment, { packet: { delegation }, packet_version }: HandoffAccepted): void {
  const delivery = delegation?.delivery;
  const { routed, state } = assignment;
  if (!delivery || !isGiven(assignment) || state !== 'open' || packet_version <= routed.packet_version) return;
  const { agent_id, offer_id } = delivery;
  if (routed.event === 'held' && routed.agent?.offer_id === offer_id)
    askPeople(board, assignment, { why: `${agent_id} has delivered`, delivered: routed.agent });
  else if (routed.agent?.offer_id !== offer_id)
    tell(board, assignment, { agent_id, offer_id }, 'lapsed', 'This task is not yours any more.');
}

/** The same agent goes on with the same task, as long as there are rounds left. */
export function sendBack(board: Board, assignment: Assignment, { moved_by, note, changes }: HandoffMove): void {
  const { routed } = assignment;
  const { agent } = routed;
  if (!isGiven(assignment) || !agent || agent.round >= agent.of) return;
  const why = `${moved_by} wants changes.`;
  const held = hold(board, assignment, { ...agent, round: agent.round + 1 }, { why, cycle: nextCycle(routed) });
  tell(board, held, agent, 'changes_requested', note ?? '', held.routed.agent?.lease_by ?? null, {
    asked_by: moved_by,
    changes: changes ?? [],
  });
}
