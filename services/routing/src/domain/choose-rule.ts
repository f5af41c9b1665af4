import type { AgentId, Kind, ReasonCode, Urgency } from '@handoff/contracts';
import type { Match, Policy, Rule } from './policy.js';

/** What a rule can ask about. */
export interface Facts {
  readonly kind: Kind;
  readonly urgency: Urgency;
  readonly reasonCode: ReasonCode;
  readonly agentId: AgentId;
  readonly tags: readonly string[];
}

/** The first rule that matches, in the order of the policy. */
export function chooseRule(policy: Policy, facts: Facts): Rule {
  return policy.rules.find(({ match }) => matches(match, facts)) ?? policy.catchAll;
}

function matches(match: Match, facts: Facts): boolean {
  return (
    (match.kind?.includes(facts.kind) ?? true) &&
    (match.urgency?.includes(facts.urgency) ?? true) &&
    (match.reason_code?.includes(facts.reasonCode) ?? true) &&
    (match.agent?.includes(facts.agentId) ?? true) &&
    (match.tags?.some((tag) => facts.tags.includes(tag)) ?? true)
  );
}
