import { hours, minutes } from '@handoff/contracts';
import type { AtEnd, Level, Levels, Match, Policy, Rule, Rung, SkipIf } from '../domain/policy.js';
import { parseDuration } from './duration.js';
import { toCalendar, toSchedule } from './to-schedules.js';
import type { PolicyFile } from './policy-file.js';
import type { AtEndEntry, LevelEntry, MatchEntry, RuleEntry, RungEntry, SkipEntry } from './rule-entries.js';

const LADDER = [
  { channel: 'webhook', after: 0 },
  { channel: 'email', after: 0 },
] as const;

/** Of a file that was found right: what was left out is filled in, and every duration is seconds. */
export function toPolicy({ policy, people, teams, sla, urgency, rules, calendars, schedules, audit }: PolicyFile): Policy {
  const all = rules.map(toRule);
  const catchAll = all.at(-1);
  if (!catchAll) throw new RangeError(`Policy "${policy.id}" has no rule; it must be checked before it is used.`);
  return {
    id: policy.id,
    name: policy.name,
    people: people.map(({ id, name, roles, addresses, authority, skills }) => ({
      ...{ id, name, roles },
      addresses: addresses.map(({ channel, address }) => ({ channel, address })),
      ...(skills ? { skills } : {}),
      ...(authority ? { authority: authority.map(({ unit, up_to }) => ({ unit, up_to })) } : {}),
    })),
    teams: teams.map(({ id, name, members, schedules }) => ({ id, name, members: [...new Set(members)], ...set({ schedules }) })),
    sla: { critical: parseDuration(sla?.critical) ?? minutes(15), normal: parseDuration(sla?.normal) ?? hours(4) },
    urgency: { high: urgency?.high ?? 'critical', medium: urgency?.medium ?? 'normal', low: urgency?.low ?? 'normal' },
    rules: all.slice(0, -1),
    catchAll,
    ...set({
      auditShare: audit?.share,
      slaCalendar: sla?.calendar,
      calendars: calendars?.map(toCalendar),
      schedules: schedules?.map((it) => toSchedule(it, calendars ?? [])),
    }),
  };
}

function toRule({ id, match, levels, at_end: atEnd, earlier_may_answer: earlierMayAnswer, if_not_taken: ifNotTaken }: RuleEntry): Rule {
  return {
    id,
    match: toMatch(match),
    levels: levels.map(toLevel) as [Level, ...Level[]] satisfies Levels, // never empty, it was checked
    ...(atEnd === undefined ? {} : { atEnd: toAtEnd(atEnd) }),
    ...set({ earlierMayAnswer, ifNotTaken }),
  };
}

const toAtEnd = ({ do: what, actions = [] }: AtEndEntry): AtEnd => (what === 'approve' ? { do: what, actions } : { do: what });

function toMatch({ amount, ...lists }: MatchEntry): Match {
  return {
    ...set(lists),
    ...(amount ? { amount: { unit: amount.unit, ...set({ over: amount.over, upTo: amount.up_to }) } } : {}),
  };
}

function toSkipIf({ off_hours: offHours, ...match }: SkipEntry): SkipIf {
  return { ...toMatch(match), ...set({ offHours }) };
}

/** Without what was left out. */
const set = <T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

function toLevel({ name, target, decide_within, ack_within, answers_needed, ladder, repeat, skip_if }: LevelEntry): Level {
  return {
    name,
    team: target.team,
    ...set({ people: target.people, skills: target.skills, ask: target.ask }),
    ...(skip_if ? { skipIf: toSkipIf(skip_if) } : {}),
    decideWithin: parseDuration(decide_within),
    ackWithin: parseDuration(ack_within),
    ...set({ answersNeeded: answers_needed }),
    ladder: ladder?.map(toRung) ?? LADDER,
    repeat: repeat ?? 0,
  };
}

function toRung({ channel, after, mandatory }: RungEntry): Rung {
  return { channel, after: parseDuration(after) ?? 0, ...(mandatory ? { mandatory } : {}) };
}
