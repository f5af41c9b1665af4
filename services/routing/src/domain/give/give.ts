import type { Arrival } from '../assignment.js';
import type { Board } from '../board.js';
import { firstView } from '../first-view.js';
import { handOn, isGiven } from './hand-over.js';

/** Whose a task is first that is given to an agent. Its rule's first level is who looks after it meanwhile. */
export function give(board: Board, arrival: Arrival): void {
  const begun = board.begin(arrival, board.current.version, firstView(board, arrival));
  if (isGiven(begun)) handOn(board, begun);
}
