import {
  requestedAmount,
  type Amount,
  type AgentId,
  type DeskState,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffId,
  type HandoffRouted,
  type Kind,
  type PersonId,
  type QuestionId,
  type ReasonCode,
  type TaskId,
  type TenantId,
  type Urgency,
} from '@handoff/contracts';
import type { KeptVote } from './count-votes.js';
import { withDelivered, withDue, type Terms } from './terms.js';

/** `with_agent`: it works on it, or is asked to; people are asked once it has delivered, or where nobody takes it. */
export type DeskItemState = 'arriving' | 'with_agent' | 'open' | 'ended';

/** What the desk knows of one handoff. Packet and routing come on two topics, in either order; it is open once both are there. */
export interface DeskItem {
  readonly handoffId: HandoffId;
  readonly tenant: TenantId;
  readonly state: DeskItemState;
  readonly accepted: Accepted | null;
  readonly acceptedSequence: number;
  readonly routed: HandoffRouted | null;
  readonly acknowledgedBy: PersonId | null;
  readonly acknowledgedAt: string | null;
  /** Off the lists until this instant; no clock stops for it. */
  readonly deferredUntil: string | null;
  /** The level's windows wait for the agent until this instant, as sla-monitor says. */
  readonly pausedUntil: string | null;
  readonly question: OpenQuestion | null;
  /** What the agent that works on it asked, and nobody has answered; the oldest first. */
  readonly asks: readonly AgentsAsk[];
  /** The last that the agent that works on it said of how it goes. */
  readonly progress: Progress | null;
  /** Of a delegation; null until something is told of them. */
  readonly terms: Terms | null;
  readonly votes: readonly KeptVote[];
  /** What a person has set in the packet's place. */
  readonly urgencySet: Urgency | null;
  /** On whose list the task is since it was taken over. */
  readonly holder: PersonId | null;
  readonly recall: RecallState | null;
  readonly traceparent: string | null;
  /** Notifier's own count of what it told about this handoff. */
  readonly sequence: number;
}

/** What the agent was asked and has not answered. */
export interface OpenQuestion {
  readonly questionId: QuestionId;
  readonly askedBy: PersonId;
  readonly level: number;
}

export interface AgentsAsk {
  readonly questionId: QuestionId;
  readonly askedBy: AgentId;
  readonly text: string;
}

export interface Progress {
  readonly text: string;
  readonly at: string;
}

/** What became of a recall. */
export interface RecallState {
  readonly state: 'asked' | 'stopped' | 'already_done';
  readonly by: PersonId;
  readonly at: string;
  /** The agent's words. */
  readonly text: string | null;
}

/** Of `handoff.accepted`, all but the packet itself, which is kept by version. */
export interface Accepted {
  readonly taskId: TaskId;
  readonly agentId: AgentId;
  readonly kind: Kind;
  readonly urgency: Urgency;
  readonly title: string;
  readonly reasonCode: ReasonCode;
  readonly actionName: string;
  readonly requestedBy: PersonId | null;
  readonly packetVersion: number;
  readonly acceptedAt: string;
  /** Of the action as its agent sent it. */
  readonly actionDigest: string;
  /** What is at stake, where the packet says so. */
  readonly amount: Amount | null;
  /** Of an escalation: the delegation that it was asked within. */
  readonly within: HandoffId | null;
  /** JSON Pointers of the packet's masked leaves. */
  readonly masked: readonly string[];
}

const TITLE_LENGTH = 160;

export function arriving(handoffId: HandoffId, tenant: TenantId): DeskItem {
  return {
    handoffId,
    tenant,
    state: 'arriving',
    accepted: null,
    acceptedSequence: 0,
    routed: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    deferredUntil: null,
    pausedUntil: null,
    question: null,
    asks: [],
    progress: null,
    terms: null,
    votes: [],
    urgencySet: null,
    holder: null,
    recall: null,
    traceparent: null,
    sequence: 0,
  };
}

/** The item with a newer packet; as it was where the event is older or the handoff has ended, unless its end was all that is known. */
export function withAccepted(item: DeskItem, event: HandoffAccepted, traceparent: string | null): DeskItem {
  if ((item.state === 'ended' && item.accepted) || event.sequence <= item.acceptedSequence) return item;
  const { packet } = event;
  const accepted: Accepted = {
    taskId: event.task_id,
    agentId: event.agent_id,
    kind: event.kind,
    urgency: item.urgencySet ?? packet.urgency,
    title: firstLine(packet.original_request),
    reasonCode: packet.reason_for_escalation.code,
    actionName: packet.recommended_action.name,
    requestedBy: packet.requested_by ?? null,
    packetVersion: event.packet_version,
    acceptedAt: event.accepted_at,
    actionDigest: event.action_digest,
    amount: requestedAmount(packet.authority),
    within: event.within ?? null,
    masked: event.masked ?? [],
  };
  const votes = item.votes.filter((vote) => vote.packetVersion === event.packet_version); // votes to another version are void
  const known = { acceptedSequence: event.sequence, traceparent: item.traceparent ?? traceparent, terms: withDelivered(item.terms, event) };
  return opened({ ...item, votes, accepted, ...known });
}

/** The item with a newer routing. A new level or cycle asks anew: acknowledgement, deferral and pause were the earlier one's. */
export function withRouted(item: DeskItem, event: HandoffRouted): DeskItem {
  if ((item.state === 'ended' && item.routed) || event.sequence <= (item.routed?.sequence ?? 0)) return item;
  const anew = isSamePlace(item.routed, event)
    ? {}
    : { acknowledgedBy: null, acknowledgedAt: null, deferredUntil: null, pausedUntil: null };
  const paused = item.routed?.decide_by === event.decide_by ? {} : { pausedUntil: null };
  const progress = isSameWork(item.routed?.agent, event.agent) ? item.progress : null;
  return opened({ ...item, routed: event, progress, ...paused, ...anew });
}

export const isSamePlace = (one: HandoffRouted | null, other: HandoffRouted): boolean =>
  one?.level.number === other.level.number && one.cycle === other.cycle;

const isSameWork = (one: HandoffRouted['agent'], other: HandoffRouted['agent']): boolean =>
  one?.offer_id === other?.offer_id && one?.round === other?.round;

/** The item as a clock leaves it: of its level, or of the time until its work is needed. */
export function withClock(item: DeskItem, clock: HandoffClock): DeskItem {
  if (item.state === 'ended') return item;
  return clock.clock === 'due_by' ? { ...item, terms: withDue(item.terms, clock) } : withPause(item, clock);
}

/** The item while its level waits for the agent, and once it waits no more: then the level has until later. */
function withPause(item: DeskItem, { event, level, cycle, due_at: dueAt, fired_at: at }: HandoffClock): DeskItem {
  const { routed } = item;
  if (routed?.level.number !== level || routed.cycle !== cycle) return item;
  const latest = new Date(Date.parse(routed.decide_by) + Date.parse(dueAt) - Date.parse(at)).toISOString();
  if (event === 'paused') return { ...item, pausedUntil: dueAt, routed: { ...routed, decide_by: latest } };
  if (event !== 'resumed' || item.pausedUntil === null) return item; // routing's own word on the windows came first
  return { ...item, pausedUntil: null, routed: { ...routed, decide_by: dueAt } };
}

/** What every move says of the whole. */
export function deskStateOf(item: DeskItem, accepted: Accepted): DeskState {
  return {
    acknowledged_by: item.acknowledgedBy,
    deferred_until: item.deferredUntil,
    open_question: item.question?.questionId ?? null,
    urgency: accepted.urgency,
    votes: item.votes.length,
    holder: item.holder,
  };
}

const opened = (item: DeskItem): DeskItem =>
  item.accepted && item.routed && item.state !== 'ended' ? { ...item, state: isAgentsTurn(item.routed) ? 'with_agent' : 'open' } : item;

export const isAgentsTurn = ({ event }: HandoffRouted): boolean => event === 'offered' || event === 'held';

function firstLine(text: string): string {
  const line = text.split('\n').find((it) => it.trim() !== '') ?? text;
  return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH)}…` : line;
}
