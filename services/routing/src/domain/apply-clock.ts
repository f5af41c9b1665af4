import { assertNever, type HandoffClock, type HandoffRouted } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { hold, isGiven, takeBack } from './give/hand-over.js';
import { waitsFor } from './give/within.js';
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
      if (isAgentsTime(assignment, clock)) lapse(board, assignment, clock);
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

/** Of the hand that has it now; what has been answered, or is at work, has not lapsed. */
function isAgentsTime(assignment: Assignment, clock: HandoffClock): boolean {
  const awaited = { offered: 'ack_by', held: 'lease_by', asked: null, end: null }[assignment.routed.event];
  return awaited === clock.clock && isItsTurn(assignment, clock);
}

function lapse(board: Board, assignment: Assignment, lapsed: HandoffClock): void {
  const { routed } = assignment;
  const { clock, due_at } = lapsed;
  const { agent = null } = routed;
  if (!isGiven(assignment) || agent === null) return;
  const { agent_id: who } = agent;
  if (clock === 'ack_by') return takeBack(board, assignment, `${who} did not answer by ${due_at}.`);
  if (waitsFor(board, assignment, who).length > 0) return void hold(board, assignment, agent, { why: routed.why }); // it waits for people
  if (!hasLongerSince(routed, lapsed)) takeBack(board, assignment, `${who} was not heard of by ${due_at}.`);
}

/** As it waits for people, which what is read again after a restore may come before. */
const hasLongerSince = ({ routed_at, agent }: HandoffRouted, { fired_at, due_at }: HandoffClock): boolean =>
  fired_at < routed_at && due_at < (agent?.lease_by ?? due_at);

/** A breach of an earlier level or cycle has had its effect, and a duplicate moves with its first alone. */
export function isItsTurn({ state, routed }: Assignment, { level, cycle }: Pick<HandoffClock, 'level' | 'cycle'>): boolean {
  return state === 'open' && routed.duplicate_of === null && routed.level.number === level && routed.cycle === cycle;
}

const MOVING: ReadonlySet<string> = new Set(['breached', 'unrouted', 'paused', 'resumed']);

const LAPSES: ReadonlySet<string> = new Set(['expires_at', 'ack_by', 'lease_by']);

/** A task that is late stays with its agent. Warnings and results are for others; people's `ack_by` climbs the same level's ladder, an agent's offer passes on. */
export function concernsRouting({ event, clock }: HandoffClock): boolean {
  if (clock === 'due_by') return false;
  return MOVING.has(event) || (event === 'lapsed' && LAPSES.has(clock));
}
