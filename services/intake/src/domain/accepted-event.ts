import {
  actionDigest,
  askDigest,
  maskPacket,
  scoreCompleteness,
  type AgentId,
  type HandoffAccepted,
  type HandoffId,
  type Kind,
  type KnownBy,
  type Packet,
  type TaskId,
  type TenantId,
} from '@handoff/contracts';

/** What an event of ours says of a handoff, whatever happened to it. */
export interface HandoffFacts {
  readonly tenant: TenantId;
  readonly handoffId: HandoffId;
  readonly sequence: number;
  readonly packetVersion: number;
  readonly kind: Kind;
  readonly agentId: AgentId;
  readonly taskId: TaskId;
  readonly packet: Packet;
  readonly acceptedAt: string;
  /** Of a transfer that is new: the agents that have had the task. */
  readonly hands?: readonly AgentId[] | null;
  readonly within?: HandoffId | null;
  /** Of a delegation: the agent that gave it; null where a person did. */
  readonly givenBy: AgentId | null;
}

type Happened =
  | { readonly event: 'accepted'; readonly knownBy: KnownBy }
  | { readonly event: 'delivered' | 'updated'; readonly requestId: string }
  | { readonly event: 'withdrawal_asked'; readonly requestId: string; readonly reason: string; readonly askedAt: string };

/** The reply that a version is a delivery by; null where it is none. */
export const deliveredBy = ({ event, request_id }: Pick<HandoffAccepted, 'event' | 'request_id'>): string | null =>
  event === 'delivered' ? (request_id ?? null) : null;

/** Digests are of the packet as it came, and the packet goes out masked: what is the same action stays the same. */
export function acceptedEvent(facts: HandoffFacts, happened: Happened): HandoffAccepted {
  const { value: packet, paths: masked } = maskPacket(facts.packet);
  return {
    event: happened.event,
    tenant: facts.tenant,
    handoff_id: facts.handoffId,
    sequence: facts.sequence,
    packet_version: facts.packetVersion,
    kind: facts.kind,
    agent_id: facts.agentId,
    task_id: facts.taskId,
    packet,
    masked,
    completeness: scoreCompleteness(facts.packet),
    action_digest: actionDigest(facts.packet.recommended_action),
    ask_digest: askDigest(facts.packet),
    accepted_at: facts.acceptedAt,
    withdrawal: happened.event === 'withdrawal_asked' ? { reason: happened.reason, asked_at: happened.askedAt } : null,
    request_id: 'requestId' in happened ? happened.requestId : null,
    hands: facts.hands ?? null,
    within: facts.within ?? null,
    given_by: facts.givenBy,
    known_by: happened.event === 'accepted' ? happened.knownBy : null,
  };
}
