import { hours, minutes } from '@handoff/contracts';
import type { Level, Levels, Match, Policy, Rule, Rung } from '../domain/policy.js';
import { parseDuration } from './duration.js';
import type { LevelEntry, MatchEntry, PolicyFile, RuleEntry, RungEntry } from './policy-file.js';

const LADDER = [
  { channel: 'webhook', after: 0 },
  { channel: 'email', after: 0 },
] as const;

/** Of a file that was found right: what was left out is filled in, and every duration is seconds. */
export function toPolicy({ policy, people, teams, sla, urgency, rules }: PolicyFile): Policy {
  const all = rules.map(toRule);
  const catchAll = all.at(-1);
  if (!catchAll) throw new RangeError(`Policy "${policy.id}" has no rule; it must be checked before it is used.`);
  return {
    id: policy.id,
    name: policy.name,
    people: people.map(({ id, name, roles, addresses, authority }) => ({
      ...{ id, name, roles },
      addresses: addresses.map(({ channel, address }) => ({ channel, address })),
      ...(authority ? { authority: authority.map(({ unit, up_to }) => ({ unit, up_to })) } : {}),
    })),
    teams: teams.map(({ id, name, members }) => ({ id, name, members: [...new Set(members)] })),
    sla: { critical: parseDuration(sla?.critical) ?? minutes(15), normal: parseDuration(sla?.normal) ?? hours(4) },
    urgency: { high: urgency?.high ?? 'critical', medium: urgency?.medium ?? 'normal', low: urgency?.low ?? 'normal' },
    rules: all.slice(0, -1),
    catchAll,
  };
}

function toRule({ id, match, levels }: RuleEntry): Rule {
  return { id, match: toMatch(match), levels: levels.map(toLevel) as [Level, ...Level[]] satisfies Levels }; // never empty, it was checked
}

const toMatch = (match: MatchEntry): Match => Object.fromEntries(Object.entries(match).filter(([, values]) => values !== undefined));

function toLevel({ name, team, decide_within, ack_within, answers_needed, ladder, repeat }: LevelEntry): Level {
  return {
    name,
    team,
    decideWithin: parseDuration(decide_within),
    ackWithin: parseDuration(ack_within),
    ...(answers_needed === undefined ? {} : { answersNeeded: answers_needed }),
    ladder: ladder?.map(toRung) ?? LADDER,
    repeat: repeat ?? 0,
  };
}

function toRung({ channel, after, mandatory }: RungEntry): Rung {
  return { channel, after: parseDuration(after) ?? 0, ...(mandatory ? { mandatory } : {}) };
}
