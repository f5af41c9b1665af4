import type { HandoffAssignment, HandoffRouted } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Giving } from './give/giving.js';
import { turnsAfter } from './turns-after.js';
import { wordOf } from './word-of.js';

/**
 * Each gives an assignment as a word of ours left it that was said before this schema was restored; null where it is known. What had led to
 * it is read again, and comes too late to lead to anything more.
 */

export function recallSaid(assignment: Assignment, routed: HandoffRouted): Assignment | null {
  if (assignment.state === 'ended' || routed.sequence <= assignment.routed.sequence) return null;
  return {
    ...assignment,
    policyVersion: routed.policy.version,
    state: routed.event === 'end' ? 'ending' : assignment.state,
    giving: assignment.giving && triedIn(assignment.giving, routed),
    routed,
    ...turnsAfter(assignment, routed, new Date(routed.routed_at)),
  };
}

/** Of a task that was cancelled the decision is read again, and until then nothing gives it to anybody. */
export function recallTold(assignment: Assignment, assigned: HandoffAssignment): Assignment | null {
  const { state, told } = assignment;
  const word = wordOf(assigned);
  if (state === 'ended' || told?.includes(word)) return null;
  return { ...assignment, told: [...(told ?? []), word], state: assigned.event === 'cancelled' ? 'ending' : state };
}

/** Whoever had it before does not get it again. */
function triedIn(giving: Giving, { before }: HandoffRouted): Giving {
  return { ...giving, tried: [...new Set([...giving.tried, ...before.flatMap(({ agent_id }) => agent_id ?? [])])] };
}
