import { isWithinLimits, type DecisionRights, type OutsideReason, type OwnDecision } from '@handoff/contracts';

/**
 * Why the rights of a task do not cover what its agent decided; null where they do, or the task has no bounds. A right is known by its
 * own words. An amount is judged whatever else covers the decision, and within a limit it needs no other right.
 */
export function outsideRights(rights: DecisionRights | undefined, { text, under, amount }: OwnDecision): OutsideReason | null {
  if (rights === undefined) return null;
  const words = [text, under];
  if (rights.must_ask?.some((it) => words.includes(it))) return 'must_ask';
  if (amount && !isWithinLimits(rights.authority ?? [], amount)) return 'over_authority';
  const isNamed = rights.may?.some((it) => words.includes(it)) ?? false;
  return isNamed || (amount !== undefined && under === undefined) ? null : 'not_in_rights';
}
