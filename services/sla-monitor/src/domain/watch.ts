import type {
  AgentId,
  Clock,
  ClockEvent,
  DueResult,
  HandoffId,
  Kind,
  OfferId,
  Seconds,
  SlaClass,
  SlaResult,
  TeamId,
  TenantId,
  Urgency,
} from '@handoff/contracts';
import type { KeptSaid } from './keep-said.js';

/** A handoff as its clocks see it. Fields are the columns' own names: rows are read and written whole. */
export interface WatchedHandoff {
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
  readonly state: 'open' | 'ended';
  readonly packet_version: number;
  /** The agent's word, until a person sets another one. */
  readonly urgency: Urgency | null;
  readonly agent_id: AgentId | null;
  /** Null where it was accepted before kinds were kept: an escalation. */
  readonly kind: Kind | null;
  readonly accepted_at: Date | null;
  readonly expires_at: Date | null;
  /** 0 before any level was asked. */
  readonly level: number;
  readonly cycle: number;
  /** Whose turn it was when the SLA ran out, or at the end where that came first. */
  readonly team: TeamId | null;
  readonly routed_at: Date | null;
  readonly ack_by: Date | null;
  readonly decide_by: Date | null;
  /** Set from this level's breach until routing asks somebody else. */
  readonly breached_at: Date | null;
  /** Each once, however often it was asked; null where a release that did not count has seen it alone. */
  readonly breached_levels: readonly number[] | null;
  /** The level and cycle that somebody is on; may be one that routing's own event has not told of yet. */
  readonly acknowledged_level: number | null;
  readonly acknowledged_cycle: number | null;
  /** The level that has waited for its agent, or does while `info_by` is armed: each may once. */
  readonly paused_level: number | null;
  /** Set while it is an agent's turn. */
  readonly offer_id: OfferId | null;
  /** How long an agent that holds the task has each time that it is heard of. */
  readonly lease_seconds: Seconds | null;
  /** Until when a delegation's work is needed; null where it does not say. */
  readonly due_by: Date | null;
  /** The packet version that tells of this, and of the newest delivery: who handed it in, by the offer, and when. */
  readonly due_version: number | null;
  readonly delivered_at: Date | null;
  readonly delivered_offer: OfferId | null;
  /** When it was told that `due_by` has passed: once, however often the work comes back. */
  readonly late_at: Date | null;
  /** Whether it was delivered by then; null until that is settled, once. */
  readonly due_met: boolean | null;
  readonly sla_class: SlaClass | null;
  readonly sla_due_at: Date | null;
  /** By a person; null while open, and where it ended without one. */
  readonly decided_at: Date | null;
  readonly decided_level: number | null;
  /** Whoever ended it. How long it is kept counts from here. */
  readonly ended_at: Date | null;
  /** Null until the SLA is settled, once. */
  readonly met: boolean | null;
  /** Ours, then the newest that was seen of each writer's. */
  readonly sequence: number;
  readonly accepted_sequence: number;
  readonly routed_sequence: number;
  readonly moved_sequence: number;
  /** Of the trace in which the handoff came; what a clock does hours later links to it. */
  readonly traceparent: string | null;
  /** What its clocks have said, the newest last; null while they have said nothing. */
  readonly said: readonly KeptSaid[] | null;
}

export interface ArmedClock {
  readonly handoff_id: HandoffId;
  readonly clock: Clock;
  /** Below 1: a warning, when this share of the window has passed. */
  readonly share: number;
  readonly level: number;
  readonly cycle: number;
  readonly due_at: Date;
}

/** One handoff with every clock that is armed for it. */
export interface Watch {
  readonly handoff: WatchedHandoff;
  readonly clocks: readonly ArmedClock[];
}

/** An event to be published; what it has in common with the others of its handoff is added when it is. */
export interface Said {
  readonly event: ClockEvent;
  readonly clock: Clock;
  readonly level: number;
  readonly cycle: number;
  readonly due_at: Date;
  readonly share: number | null;
  readonly result: SlaResult | null;
  /** With the result of `due_by` alone. */
  readonly due?: DueResult;
  /** With `resumed` alone: until when the windows would have waited. */
  readonly info_by?: Date;
  /** The parts that tell this occurrence from every other one of the handoff. */
  readonly identity: readonly (string | number)[];
  readonly sequence: number;
}

export interface Change {
  readonly watch: Watch;
  readonly said: readonly Said[];
}

/** The settings that choices need. */
export interface Waits {
  /** How long routing has to say whom it asks. */
  readonly routeBy: Seconds;
  /** How long a level's windows wait for the agent's answer. */
  readonly info: Seconds;
}

/** The moment of a choice, by the database's clock. */
export interface Moment extends Waits {
  readonly now: Date;
}

export const unseen = (handoff_id: HandoffId, tenant: TenantId): Watch => ({
  handoff: {
    handoff_id,
    tenant,
    state: 'open',
    packet_version: 0,
    urgency: null,
    agent_id: null,
    kind: null,
    accepted_at: null,
    expires_at: null,
    level: 0,
    cycle: 0,
    team: null,
    routed_at: null,
    ack_by: null,
    decide_by: null,
    breached_at: null,
    breached_levels: [],
    acknowledged_level: null,
    acknowledged_cycle: null,
    paused_level: null,
    offer_id: null,
    lease_seconds: null,
    due_by: null,
    due_version: null,
    delivered_at: null,
    delivered_offer: null,
    late_at: null,
    due_met: null,
    sla_class: null,
    sla_due_at: null,
    decided_at: null,
    decided_level: null,
    ended_at: null,
    met: null,
    sequence: 0,
    accepted_sequence: 0,
    routed_sequence: 0,
    moved_sequence: 0,
    traceparent: null,
    said: null,
  },
  clocks: [],
});

export const silently = (watch: Watch): Change => ({ watch, said: [] });

export const later = (from: Date, by: Seconds): Date => new Date(from.getTime() + by * 1000);
