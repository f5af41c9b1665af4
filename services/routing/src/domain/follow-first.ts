import { assertNever, type HandoffRouted } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board, FullView } from './board.js';
import { choosePlace } from './choose-place.js';
import { windowsAgain } from './level-windows.js';
import { answeredBy, requestEnd } from './request-end.js';

/** Where a handoff is, and whose turn it is there. */
const PLACE = [
  ...(['level', 'cycle', 'team', 'asked', 'may_decide', 'given_to', 'answers_needed', 'ladder'] as const),
  ...(['ack_by', 'decide_by', 'warnings', 'policy', 'skipped', 'before', 'unattended'] as const),
] as const satisfies readonly (keyof HandoffRouted)[];

const placeOf = (routed: HandoffRouted): Pick<HandoffRouted, (typeof PLACE)[number]> =>
  Object.fromEntries(PLACE.map((key) => [key, routed[key]])) as Pick<HandoffRouted, (typeof PLACE)[number]>; // by these keys, no more and no less

/** A duplicate is where its first is, on the same desks, and pages nobody. */
export function followView({ handoffId, routed }: Assignment): Partial<FullView> & Pick<FullView, 'why'> {
  return {
    ...placeOf(routed),
    given_to: routed.given_to ?? [],
    page: false,
    duplicate_of: handoffId,
    why: `Asks for the same action as handoff ${handoffId}, whose answer counts for both.`,
  };
}

/** Where the first goes, its duplicates go. */
export function takeAlong(board: Board, first: Assignment): void {
  for (const duplicate of board.duplicatesOf(first)) follow(board, duplicate, first);
}

/** Its first is gone, or asks for something else by now: it follows another of the same action, or pages for itself where it is. */
export function placeAnew(board: Board, duplicate: Assignment): void {
  const others = board.openOf(duplicate).filter(({ handoffId }) => handoffId !== duplicate.handoffId);
  const place = choosePlace(duplicate, others, board.rejectedOf(duplicate));
  switch (place.kind) {
    case 'answered':
      return requestEnd(board, duplicate, answeredBy(place.first));
    case 'behind':
      return follow(board, duplicate, place.first);
    case 'alone':
    case 'beside':
      return standAlone(board, duplicate);
    default:
      return assertNever(place);
  }
}

function follow(board: Board, duplicate: Assignment, first: Assignment): void {
  board.say({ ...duplicate, policyVersion: first.policyVersion }, followView(first));
}

function standAlone(board: Board, duplicate: Assignment): void {
  const { policyVersion, routed, acceptedAt } = duplicate;
  board.say(duplicate, {
    ...windowsAgain(board.policyOf(policyVersion), routed, routed.sla.class, acceptedAt, board.now),
    page: true,
    duplicate_of: null,
    why: `Handoff ${routed.duplicate_of ?? ''} no longer speaks for this one, so ${routed.team} is asked for itself.`,
  });
}
