import type {
  AgentId,
  DecisionId,
  HandoffAccepted,
  HandoffDecision,
  HandoffId,
  HandoffMove,
  HandoffRouted,
  Packet,
  Seconds,
  TeamId,
  TenantId,
} from '@handoff/contracts';
import { unseen, type Change, type Moment, type Watch } from './watch.js';

/** One handoff on a clock that starts at 0 seconds; events carry what a test is about, and what clocks look at. */
const START = Date.parse('2026-03-01T12:00:00.000Z');
const HANDOFF = { handoff_id: 'a5b1e1f0-9a39-4d2e-8a57-0b9f6d2c1e01' as HandoffId, tenant: 'default' as TenantId, packet_version: 1 };

export const at = (seconds: Seconds): Date => new Date(START + seconds * 1000);
export const iso = (seconds: Seconds): string => at(seconds).toISOString();
export const moment = (seconds: Seconds): Moment => ({ now: at(seconds), routeBy: 60, info: 600 });
export const nothing = (): Watch => unseen(HANDOFF.handoff_id, HANDOFF.tenant);

/** The parts of an event that its choice does not look at are left out. */
const partly = <Event>(event: Partial<Event>): Event => event as Event;

export const accepted = (over: Partial<HandoffAccepted> = {}, expires_at?: string): HandoffAccepted =>
  partly<HandoffAccepted>({
    ...HANDOFF,
    sequence: 1,
    event: 'accepted',
    kind: 'escalation',
    agent_id: 'refunds' as AgentId,
    accepted_at: iso(0),
    packet: partly<Packet>({ urgency: 'high', ...(expires_at ? { expires_at } : {}) }),
    ...over,
  });

/** Level 1 from 0 to 900 s, acknowledged by 300 s. */
export const asked = (over: Partial<HandoffRouted> = {}): HandoffRouted =>
  partly<HandoffRouted>({
    ...HANDOFF,
    sequence: 1,
    event: 'asked',
    level: { number: 1, name: 'first', of: 3 },
    cycle: 1,
    team: 'support' as TeamId,
    page: true,
    routed_at: iso(0),
    ack_by: iso(300),
    decide_by: iso(900),
    sla: { class: 'critical', due_at: iso(900) },
    ...over,
  });

export const secondLevel = (from: Seconds, over: Partial<HandoffRouted> = {}): HandoffRouted =>
  asked({
    sequence: 2,
    level: { number: 2, name: 'second', of: 3 },
    team: 'leads' as TeamId,
    routed_at: iso(from),
    ack_by: iso(from + 300),
    decide_by: iso(from + 900),
    ...over,
  });

export const move = (event: HandoffMove['event'], over: Partial<HandoffMove> = {}): HandoffMove =>
  partly<HandoffMove>({ ...HANDOFF, sequence: 1, event, level: 1, cycle: 1, moved_at: iso(10), ...over });

export const decision = (over: Partial<HandoffDecision> = {}): HandoffDecision =>
  partly<HandoffDecision>({
    ...HANDOFF,
    sequence: 1,
    decision_id: 'b5b1e1f0-9a39-4d2e-8a57-0b9f6d2c1e02' as DecisionId,
    type: 'approve',
    urgency: 'high',
    decided_at: iso(600),
    decided_by: [],
    sla: null,
    repeats: null,
    ...over,
  });

/** `ack_by 300, decide_by@0.5 450`: what is armed, and for which second, the earliest first. */
export const armed = ({ clocks }: Watch): string =>
  clocks
    .toSorted((one, other) => one.due_at.getTime() - other.due_at.getTime())
    .map(({ clock, share, due_at }) => `${clock}${share < 1 ? `@${share}` : ''} ${(due_at.getTime() - START) / 1000}`)
    .join(', ');

export const told = ({ said }: Change): readonly string[] => said.map(({ event, clock, level }) => `${event} ${clock} ${level}`);
