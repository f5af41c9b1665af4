import type { DecisionId, HandoffId, RoutedEnd } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board, Rejected } from './board.js';

/** Longer reasons are on `handoff.accepted`, whole; this event stays small. */
const MOST_REASON_CHARACTERS = 200;

/** Asks notifier to end it. Until that is recorded, or a person was first, nothing moves it. */
export function requestEnd(board: Board, assignment: Assignment, { reason, ...end }: RoutedEnd): void {
  if (assignment.state !== 'open') return;
  board.say({ ...assignment, state: 'ending' }, { event: 'end', end: { ...end, reason: shortened(reason) } });
}

/** The end of one whose answer is another's. Which answer that is, and how it reads once more, is notifier's to say. */
export function answeredWith(answered: HandoffId, repeats: DecisionId): RoutedEnd {
  return { type: 'duplicate', reason: `Handoff ${answered} asked for the same action, and was decided.`, repeats };
}

export const answeredBy = ({ handoffId, rejectionId }: Rejected): RoutedEnd => answeredWith(handoffId, rejectionId);

function shortened(reason: string): string {
  return reason.length <= MOST_REASON_CHARACTERS ? reason : `${reason.slice(0, MOST_REASON_CHARACTERS - 1).toWellFormed()}…`;
}
