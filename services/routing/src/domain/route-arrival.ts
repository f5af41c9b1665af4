import { assertNever } from '@handoff/contracts';
import type { Arrival, Assignment } from './assignment.js';
import type { Board, FullView, Rejected } from './board.js';
import { choosePlace } from './choose-place.js';
import { firstView, plain } from './first-view.js';
import { followView } from './follow-first.js';
import { give } from './give/give.js';
import { windowsAgain } from './level-windows.js';
import { answeredBy } from './request-end.js';
import { slaOf } from './sla-of.js';

/** Whom a handoff that is new here asks, or which agent it is offered to. */
export function routeArrival(board: Board, arrival: Arrival): void {
  if (arrival.giving !== null) give(board, arrival);
  else askPeople(board, arrival);
}

function askPeople(board: Board, arrival: Arrival): Assignment {
  const place = choosePlace(arrival, board.openOf(arrival), board.rejectedOf(arrival));
  switch (place.kind) {
    case 'alone':
      return board.open(arrival, board.current.version, firstView(board, arrival));
    case 'beside':
      return board.open(arrival, place.first.policyVersion, besideView(board, arrival, place.first));
    case 'behind':
      return board.open(arrival, place.first.policyVersion, behindView(board, arrival, place.first));
    case 'answered':
      return board.open(arrival, place.first.policyVersion, answeredView(board, arrival, place.first));
    default:
      return assertNever(place);
  }
}

/** Another question of a task that people already have: it goes to them, with a window of its own. */
function besideView(board: Board, arrival: Arrival, first: Assignment): FullView {
  const policy = board.policyOf(first.policyVersion);
  const sla = slaOf(policy, arrival);
  return {
    ...first.routed,
    ...plain,
    ...windowsAgain(policy, first.routed, sla.class, arrival.acceptedAt, board.now),
    sla,
    cycle: 1,
    unattended: first.routed.unattended,
    why: `Of the same task as handoff ${first.handoffId}, which ${first.routed.team} has now.`,
  };
}

function behindView(board: Board, arrival: Arrival, first: Assignment): FullView {
  const sla = slaOf(board.policyOf(first.policyVersion), arrival);
  return { ...first.routed, ...plain, ...followView(first), sla };
}

/** Its first word is its end: nobody is asked, and no level's window begins. */
function answeredView(board: Board, arrival: Arrival, first: Rejected): FullView {
  return {
    ...behindView(board, arrival, first),
    event: 'end',
    end: answeredBy(first),
    why: `Asks again for what was rejected as handoff ${first.handoffId}.`,
  };
}
