import { assertNever, type HandoffClock } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { moveOn } from './move-on.js';
import { requestEnd } from './request-end.js';

export function applyClock(board: Board, clock: HandoffClock): void {
  board.turnTo(clock.handoff_id);
  const assignment = board.find(clock.handoff_id);
  if (assignment) apply(board, assignment, clock);
  else if (clock.event !== 'unrouted') board.hold({ kind: 'clock', tenant: clock.tenant, handoffId: clock.handoff_id, event: clock });
}

function apply(board: Board, assignment: Assignment, clock: HandoffClock): void {
  switch (clock.event) {
    case 'breached':
      if (isItsTurn(assignment, clock)) moveOn(board, assignment, `No decision by ${clock.due_at}.`);
      return;
    case 'unrouted':
      if (assignment.state !== 'ended') board.say(assignment, {}); // what was said did not arrive
      return;
    case 'lapsed':
      if (clock.clock === 'expires_at')
        requestEnd(board, assignment, { type: 'expired', reason: `The packet expired at ${clock.due_at}.` });
      return;
    case 'warning':
    case 'paused':
    case 'resumed':
    case 'result':
      return;
    default:
      return assertNever(clock.event);
  }
}

/** A breach of an earlier level or cycle has had its effect, and a duplicate moves with its first alone. */
function isItsTurn({ state, routed }: Assignment, { level, cycle }: HandoffClock): boolean {
  return state === 'open' && routed.duplicate_of === null && routed.level.number === level && routed.cycle === cycle;
}

/** Warnings and results are for others, and `ack_by` climbs the same level's ladder. */
export function concernsRouting({ event, clock }: HandoffClock): boolean {
  return event === 'breached' || event === 'unrouted' || (event === 'lapsed' && clock === 'expires_at');
}
