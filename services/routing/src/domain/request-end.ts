import type { DecisionId, HandoffId, RoutedEnd } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board, Rejected } from './board.js';
import { shortened } from './shorten.js';

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
