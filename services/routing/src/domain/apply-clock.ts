import { assertNever, type HandoffClock } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { moveOn } from './move-on.js';
import { putOff } from './put-off.js';
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
      if (isItsTurn(assignment, clock))
        moveOn(board, assignment, {
          because: `No decision by ${clock.due_at}.`,
          why: `${assignment.routed.team} did not decide in time`,
          isSilence: true,
        });
      return;
    case 'paused':
    case 'resumed':
      if (isItsTurn(assignment, clock)) putOff(board, assignment, clock);
      return;
    case 'unrouted':
      if (assignment.state !== 'ended') board.say(assignment, {}); // what was said did not arrive
      return;
    case 'lapsed':
      if (clock.clock === 'expires_at')
        requestEnd(board, assignment, { type: 'expired', reason: `The packet expired at ${clock.due_at}.` });
      return;
    case 'warning':
    case 'result':
      return;
    default:
      return assertNever(clock.event);
  }
}

/** A breach of an earlier level or cycle has had its effect, and a duplicate moves with its first alone. */
export function isItsTurn({ state, routed }: Assignment, { level, cycle }: Pick<HandoffClock, 'level' | 'cycle'>): boolean {
  return state === 'open' && routed.duplicate_of === null && routed.level.number === level && routed.cycle === cycle;
}

const MOVING: ReadonlySet<string> = new Set(['breached', 'unrouted', 'paused', 'resumed']);

/** Warnings and results are for others, and `ack_by` climbs the same level's ladder. */
export function concernsRouting({ event, clock }: HandoffClock): boolean {
  return MOVING.has(event) || (event === 'lapsed' && clock === 'expires_at');
}
