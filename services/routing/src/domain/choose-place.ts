import type { Assignment } from './assignment.js';

/** Work is never done twice because an agent asked twice. */
export type Place =
  | { readonly kind: 'alone' }
  /** Another question of the same task: the people who have the first are asked this one too. */
  | { readonly kind: 'beside'; readonly first: Assignment }
  /** The same action of the same task: nobody is paged, and the first one's answer is the answer. */
  | { readonly kind: 'behind'; readonly first: Assignment };

/** @param open the task's other open handoffs, the oldest first */
export function choosePlace(actionDigest: string | null, open: readonly Assignment[]): Place {
  const same = open.find((it) => it.routed.duplicate_of === null && it.actionDigest !== null && it.actionDigest === actionDigest);
  if (same) return { kind: 'behind', first: same };
  const [first] = open;
  return first ? { kind: 'beside', first } : { kind: 'alone' };
}
