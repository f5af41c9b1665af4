import type { HandoffRouted } from '@handoff/contracts';
import type { Match, Policy, Rule, SkipIf } from '../domain/policy.js';
import type { KeptPolicy, PolicyLine } from '../store/policy-versions.js';

export const lineView = ({ version, id, name, source, loaded_at: at, loaded_by }: PolicyLine) => ({
  ...{ version, id, name, source, loaded_at: at.toISOString(), loaded_by },
});

export const policyView = (kept: KeptPolicy) => ({ ...lineView(kept), text: kept.text, ...ladderView(kept.policy) });

/** The ladder of each rule, with what its author left out filled in, but for windows: where a level has none, they are the class's. */
export const ladderView = ({ rules, catchAll, sla }: Policy) => ({ sla, rules: [...rules, catchAll].map(ruleView) });

function ruleView({ id, match, levels, atEnd, earlierMayAnswer, ifNotTaken }: Rule) {
  return {
    id,
    match: matchView(match),
    levels: levels.map(({ name, team, people, skills, ask, skipIf, decideWithin, ackWithin, ladder, answersNeeded, repeat }) => ({
      name,
      target: { team, people: people ?? null, skills: skills ?? null, ask: ask ?? null },
      decide_within: decideWithin,
      ack_within: ackWithin,
      ladder: ladder.map(({ channel, after, mandatory }) => ({ channel, after_seconds: after, mandatory: mandatory ?? false })),
      answers_needed: answersNeeded ?? 1,
      repeat,
      skip_if: skipIf ? skipView(skipIf) : null,
    })),
    at_end: atEnd ?? { do: 'hold_and_page' },
    earlier_may_answer: earlierMayAnswer ?? true,
    if_not_taken: ifNotTaken ?? 'return',
  };
}

/** As it is written in the file. */
const matchView = ({ amount, ...match }: Match) => ({
  ...match,
  ...(amount ? { amount: { unit: amount.unit, over: amount.over ?? null, up_to: amount.upTo ?? null } } : {}),
});

const skipView = ({ offHours, ...match }: SkipIf) => ({ ...matchView(match), ...(offHours === undefined ? {} : { off_hours: offHours }) });

/** Who would be asked when. */
export function previewView(policy: Policy, version: number | null, told: readonly HandoffRouted[]) {
  const [first] = told;
  const end = told.find(({ event }) => event === 'end')?.end ?? null;
  return {
    policy: { id: policy.id, version },
    rule: first?.policy.rule ?? null,
    sla: first?.sla ?? null,
    levels: told
      .filter(({ event }) => event === 'asked')
      .map(({ level, cycle, team, asked, routed_at, ack_by, decide_by, warnings, ladder, skipped, unattended, why }) => ({
        ...{ number: level.number, name: level.name, cycle, team, asked, from: routed_at, ack_by, decide_by },
        ...{ warnings: warnings ?? [], ladder, skipped, unattended, why },
      })),
    at_end: end ? { type: end.type, reason: end.reason } : { type: 'hold_and_page', reason: 'It is held, and paged again.' },
  };
}
