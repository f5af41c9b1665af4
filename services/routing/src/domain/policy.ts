import type {
  Address,
  AgentId,
  AuthorityLimit,
  HandoffRouted,
  Kind,
  PersonId,
  PushChannel,
  ReasonCode,
  Role,
  Seconds,
  SlaClass,
  TeamId,
  TenantId,
  Urgency,
} from '@handoff/contracts';
import type { Calendar, Schedule } from './duty/schedule.js';

/** A policy as it was read: defaults filled in, every team and person known, and a rule for what no other rule matches. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly sla: Readonly<Record<SlaClass, Seconds>>;
  /** The windows of the class `normal` run in its working time; left out: around the clock, as critical ones always do. */
  readonly slaCalendar?: string;
  readonly urgency: Readonly<Record<Urgency, SlaClass>>;
  /** Of the tasks that agents did alone, the share that people are to look at; left out: none. */
  readonly auditShare?: number;
  readonly rules: readonly Rule[];
  readonly catchAll: Rule;
  readonly calendars?: readonly Calendar[];
  readonly schedules?: readonly Schedule[];
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly addresses: readonly Address[];
  readonly skills?: readonly string[];
  readonly authority?: readonly AuthorityLimit[];
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly members: readonly PersonId[];
  /** Those of its members are on duty who have one of these; left out: all, always. */
  readonly schedules?: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly match: Match;
  readonly levels: Levels;
  /** What happens when nobody has decided at the end of the last level; left out: it is held, and paged again. */
  readonly atEnd?: AtEnd;
  /** False: once a level has passed, its people may not answer any more. Left out: they may. */
  readonly earlierMayAnswer?: boolean;
  /** Of what an agent passes on and no other one takes; left out: it goes back to its sender. */
  readonly ifNotTaken?: IfNotTaken;
}

export const IF_NOT_TAKEN = ['return', 'ask_people'] as const;
export type IfNotTaken = (typeof IF_NOT_TAKEN)[number];

/** Silence is never consent, unless the author of the policy says so of actions that can be undone, by their names. */
export type AtEnd =
  { readonly do: 'hold_and_page' } | { readonly do: 'reject' } | { readonly do: 'approve'; readonly actions: readonly string[] };

/** A rule has at least one level; the tuple says so. */
export type Levels = readonly [Level, ...Level[]];

/** Every named field must match, by any of its values. */
export interface Match {
  readonly tenant?: readonly TenantId[];
  readonly kind?: readonly Kind[];
  readonly urgency?: readonly Urgency[];
  readonly reason_code?: readonly ReasonCode[];
  readonly agent?: readonly AgentId[];
  readonly tags?: readonly string[];
  readonly amount?: AmountMatch;
}

/** Of what the packet says that it asks for. */
export interface AmountMatch {
  readonly unit: string;
  readonly over?: number;
  readonly upTo?: number;
}

export interface Level {
  readonly name: string;
  readonly team: TeamId;
  /** Of the team, these alone; left out: all. */
  readonly people?: readonly PersonId[];
  /** Only who has them all. */
  readonly skills?: readonly string[];
  /** How many of those on duty: those with the least to do, and of these the least recently asked. Left out: all. */
  readonly ask?: number;
  /** It is passed over where this holds and another level has somebody. */
  readonly skipIf?: SkipIf;
  /** Null: the SLA of the handoff's class. */
  readonly decideWithin: Seconds | null;
  /** Null: the default of the handoff's class. */
  readonly ackWithin: Seconds | null;
  /** How many must give the same answer; left out: one. */
  readonly answersNeeded?: number;
  readonly ladder: readonly Rung[];
  /** How often the last level is asked again before the handoff is reported unattended. */
  readonly repeat: number;
}

export interface SkipIf extends Match {
  /** A calendar, outside whose working time the level is passed over. */
  readonly offHours?: string;
}

export interface Rung {
  readonly channel: PushChannel;
  readonly after: Seconds;
  /** Nobody's preferences turn it off. */
  readonly mandatory?: boolean;
}

/** A policy and the version under which it is kept. */
export interface PolicyVersion {
  readonly version: number;
  readonly policy: Policy;
}

export function ruleOf(policy: Policy, id: string): Rule {
  return policy.rules.find((rule) => rule.id === id) ?? policy.catchAll;
}

/** The level at which a routing asks. */
export const levelAt = (policy: Policy, { policy: { rule }, level }: HandoffRouted): Level => levelOf(ruleOf(policy, rule), level.number);

/** @param number from 1 */
export function levelOf(rule: Rule, number: number): Level {
  return rule.levels[number - 1] ?? lastLevelOf(rule);
}

export const lastLevelOf = ({ levels }: Rule): Level => levels.at(-1) ?? levels[0];
