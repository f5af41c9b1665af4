import type {
  AgentId,
  HandoffAccepted,
  HandoffId,
  HandoffRouted,
  Kind,
  PersonId,
  ReasonCode,
  TaskId,
  TenantId,
  Urgency,
} from '@handoff/contracts';

export type DeskItemState = 'arriving' | 'open' | 'ended';

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
  readonly traceparent: string | null;
  /** Notifier's own count of what it told about this handoff. */
  readonly sequence: number;
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
  readonly actionDigest: string;
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
    traceparent: null,
    sequence: 0,
  };
}

/** The item with a newer packet; as it was where the event is older or the handoff has ended. */
export function withAccepted(item: DeskItem, event: HandoffAccepted, traceparent: string | null): DeskItem {
  if (item.state === 'ended' || event.sequence <= item.acceptedSequence) return item;
  const { packet } = event;
  const accepted: Accepted = {
    taskId: event.task_id,
    agentId: event.agent_id,
    kind: event.kind,
    urgency: packet.urgency,
    title: firstLine(packet.original_request),
    reasonCode: packet.reason_for_escalation.code,
    actionName: packet.recommended_action.name,
    requestedBy: packet.requested_by ?? null,
    packetVersion: event.packet_version,
    acceptedAt: event.accepted_at,
    actionDigest: event.action_digest,
  };
  return opened({ ...item, accepted, acceptedSequence: event.sequence, traceparent: item.traceparent ?? traceparent });
}

/** The item with a newer routing. A new level or cycle asks anew: an acknowledgement was the earlier one's. */
export function withRouted(item: DeskItem, event: HandoffRouted): DeskItem {
  if (item.state === 'ended' || event.sequence <= (item.routed?.sequence ?? 0)) return item;
  const sameLevel = item.routed?.level.number === event.level.number && item.routed.cycle === event.cycle;
  const acknowledged = sameLevel ? {} : { acknowledgedBy: null, acknowledgedAt: null };
  return opened({ ...item, routed: event, ...acknowledged });
}

const opened = (item: DeskItem): DeskItem => (item.accepted && item.routed ? { ...item, state: 'open' } : item);

function firstLine(text: string): string {
  const line = text.split('\n').find((it) => it.trim() !== '') ?? text;
  return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH)}…` : line;
}
