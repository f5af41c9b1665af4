import type { AgentId, AssignmentEvent, Channel, HandoffAssignment, HandoffMove, HandoffRouted, PersonId } from '@handoff/contracts';
import { deskStateOf, type Accepted, type DeskItem } from './desk-item.js';

export interface Moved {
  readonly event: HandoffMove['event'];
  readonly by: PersonId;
  readonly channel: Channel;
  /** By the database's clock. */
  readonly at: string;
  readonly facts: Pick<HandoffMove, 'changes' | 'warning' | 'note' | 'to' | 'until' | 'question' | 'vote' | 'asking_was' | 'decision_id'>;
}

/** @param item as the move left it, its sequence being the move's */
export function movedEvent(
  item: DeskItem,
  accepted: Accepted,
  routed: HandoffRouted,
  { event, by, channel, at, facts }: Moved,
): HandoffMove {
  return {
    tenant: item.tenant,
    handoff_id: item.handoffId,
    sequence: item.sequence,
    packet_version: accepted.packetVersion,
    event,
    moved_by: by,
    channel,
    level: routed.level.number,
    cycle: routed.cycle,
    moved_at: at,
    ...facts,
    desk: deskStateOf(item, accepted),
  };
}

const ASSIGNS: Partial<Readonly<Record<HandoffMove['event'], AssignmentEvent>>> = {
  request_info: 'question',
  recall: 'recall',
  hand_back: 'handed_back',
  answer: 'answer',
  warning: 'warning',
};

/** Whether the agent hears of it; a warning may have nobody to hear it. */
export const assigns = ({ event, warning }: Pick<HandoffMove, 'event' | 'warning'>): boolean =>
  ASSIGNS[event] !== undefined && (event !== 'warning' || (warning?.agent_id ?? null) !== null);

/** What the agent has to act on because of a move; null where it is none of the agent's business. Its sequence follows the move's. */
export function assignmentBy(move: HandoffMove, { agentId, taskId, kind }: Accepted, routed: HandoffRouted): HandoffAssignment | null {
  const event = ASSIGNS[move.event];
  if (!event || !assigns(move)) return null;
  return {
    tenant: move.tenant,
    handoff_id: move.handoff_id,
    sequence: move.sequence + 1,
    packet_version: move.packet_version,
    event,
    // An answer goes to whoever asked, also where the task is another's by now.
    agent_id: event === 'answer' && move.question ? (move.question.asked_by as string as AgentId) : (routed.agent?.agent_id ?? agentId),
    task_id: taskId,
    asked_by: move.moved_by,
    asked_at: move.moved_at,
    text: move.note ?? '',
    question_id: move.question?.question_id ?? null,
    decision_id: move.decision_id ?? null,
    offer_id: routed.agent?.offer_id ?? null,
    kind,
    ...(move.warning ? { warning: { term: move.warning.term, share: move.warning.share } } : {}),
  };
}
