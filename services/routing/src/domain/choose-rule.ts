import type { Amount } from '@handoff/contracts';
import type { Facts } from './facts.js';
import type { AmountMatch, Match, Policy, Rule } from './policy.js';

/** The first rule that matches, in the order of the policy. */
export function chooseRule(policy: Policy, facts: Facts): Rule {
  return policy.rules.find(({ match }) => matches(match, facts)) ?? policy.catchAll;
}

export function matches(match: Match, facts: Facts): boolean {
  return (
    (match.tenant?.includes(facts.tenant) ?? true) &&
    (match.kind?.includes(facts.kind) ?? true) &&
    (match.urgency?.includes(facts.urgency) ?? true) &&
    (match.reason_code?.includes(facts.reasonCode) ?? true) &&
    (match.agent?.includes(facts.agentId) ?? true) &&
    (match.tags?.some((tag) => facts.tags.includes(tag)) ?? true) &&
    (match.amount === undefined || isWithin(match.amount, facts.amount))
  );
}

/** A packet that names no amount is within none. */
function isWithin({ unit, over = Number.NEGATIVE_INFINITY, upTo = Number.POSITIVE_INFINITY }: AmountMatch, amount: Amount | null): boolean {
  return amount !== null && amount.unit === unit && amount.value > over && amount.value <= upTo;
}
