import type { Arrival, Assignment } from './assignment.js';
import type { Rejected } from './board.js';

/** Work is never done twice because an agent asked twice, and nobody is asked twice what was answered. */
export type Place =
  | { readonly kind: 'alone' }
  /** Another question of the same task: the people who have the first are asked this one too. */
  | { readonly kind: 'beside'; readonly first: Assignment }
  /** The same action of the same task: nobody is paged, and the first one's answer is the answer. */
  | { readonly kind: 'behind'; readonly first: Assignment }
  /** The same action on the same grounds was rejected: that answer is given again, and nobody is asked. */
  | { readonly kind: 'answered'; readonly first: Rejected };

/**
 * @param open the task's other open handoffs, the oldest first
 * @param rejected those of its handoffs whose rejection stands
 */
export function choosePlace(
  { actionDigest, askDigest }: Pick<Arrival, 'actionDigest' | 'askDigest'>,
  open: readonly Assignment[],
  rejected: readonly Rejected[],
): Place {
  const answered = rejected.find((it) => it.askDigest !== null && it.askDigest === askDigest);
  if (answered) return { kind: 'answered', first: answered };
  const people = open.filter(({ giving }) => giving === null); // what an agent has is no question that people have
  const same = people.find((it) => it.routed.duplicate_of === null && it.actionDigest !== null && it.actionDigest === actionDigest);
  if (same) return { kind: 'behind', first: same };
  const [first] = people;
  return first ? { kind: 'beside', first } : { kind: 'alone' };
}
