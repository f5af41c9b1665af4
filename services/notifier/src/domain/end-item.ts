import {
  deriveId,
  unchangedIn,
  type Action,
  type Decider,
  type DecisionId,
  type HandoffDecision,
  type HandoffRouted,
  type Packet,
  type RoutedEnd,
} from '@handoff/contracts';
import type { Accepted, DeskItem } from './desk-item.js';

/** What ends a handoff: a person's answer, or routing's end. */
export interface Ending {
  readonly type: HandoffDecision['type'];
  readonly action: Action | null;
  readonly actionDigest: string | null;
  readonly message: string | null;
  readonly decidedBy: readonly Decider[];
  readonly askingWas: HandoffDecision['asking_was'];
  readonly repeats: DecisionId | null;
}

const REJECTIONS: readonly string[] = ['reject', 'rejected_by_policy'] satisfies HandoffDecision['type'][];

/**
 * Routing's end. One that repeats an earlier decision gives that answer again: a rejection as a rejection, in the same words. Any other
 * answer is something to be done, and is carried out once, for the handoff that it was given to; this one says that it repeats it.
 * @param earlier the decision that the end repeats, where it is kept here
 */
export function endingOf(end: RoutedEnd, earlier: HandoffDecision | null): Ending {
  return {
    ...(earlier && REJECTIONS.includes(earlier.type)
      ? { type: earlier.type, message: earlier.message }
      : { type: end.type, message: end.reason }),
    action: null,
    actionDigest: null,
    decidedBy: [],
    askingWas: null,
    repeats: end.repeats ?? null,
  };
}

/** The policy approves the action that routing saw; one that was changed meanwhile it has not seen. */
function asRouted(ending: Ending, { routed }: DeskItem, { packetVersion, actionDigest }: Accepted, packet: Packet): Ending {
  if (ending.type !== 'approved_by_policy') return ending;
  const { kind, name, args } = packet.recommended_action;
  if (routed?.packet_version === packetVersion) return { ...ending, action: { kind, name, args }, actionDigest };
  return { ...ending, type: 'rejected_by_policy', message: 'The packet changed while nobody decided, so its action was not approved.' };
}

/**
 * The one public answer to a handoff. Its id is derived from the handoff, so that no second one can be made by accident.
 * @param decidedAt by the database's clock, read while the row's lock is held
 */
export function decisionFor(item: DeskItem, accepted: Accepted, packet: Packet, told: Ending, decidedAt: string): HandoffDecision {
  const ending = asRouted(told, item, accepted, packet);
  return {
    tenant: item.tenant,
    handoff_id: item.handoffId,
    sequence: item.sequence + 1,
    packet_version: accepted.packetVersion,
    decision_id: deriveId('decision', item.handoffId),
    kind: accepted.kind,
    task_id: accepted.taskId,
    ...agentsOf(accepted, item.routed, ending),
    type: ending.type,
    action: ending.action,
    unchanged: unchangedIn(accepted.masked, ending.action),
    action_digest: ending.actionDigest,
    message: ending.message,
    decided_by: ending.decidedBy,
    decided_at: decidedAt,
    urgency: accepted.urgency,
    sla: slaOf(item.routed, decidedAt),
    asking_was: ending.askingWas,
    resume: packet.resume ?? null,
    repeats: ending.repeats,
    duplicate_of: item.routed?.duplicate_of ?? null,
  };
}

/** Of a delegation it is who has done it; a transfer's end is its sender's to hear, and says who has the task now. */
function agentsOf({ kind, agentId }: Accepted, routed: HandoffRouted | null, { type }: Ending) {
  const hand = routed?.agent?.agent_id ?? null;
  if (kind !== 'transfer') return { agent_id: hand ?? agentId };
  return { agent_id: agentId, taken_by: type === 'taken' ? hand : null };
}

function slaOf(routed: HandoffRouted | null, decidedAt: string): HandoffDecision['sla'] {
  return routed && { class: routed.sla.class, due_at: routed.sla.due_at, met: Date.parse(decidedAt) <= Date.parse(routed.sla.due_at) };
}

/** On whose list the task is from then on. */
export const holderBy = ({ type, decided_by }: HandoffDecision) => (type === 'take_over' ? (decided_by.at(-1)?.subject ?? null) : null);
