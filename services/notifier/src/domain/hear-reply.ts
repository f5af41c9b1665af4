import type { HandoffMove, HandoffReplied, PersonId } from '@handoff/contracts';
import type { DeskItem } from './desk-item.js';
import { movedEvent } from './moved-event.js';

export interface HeardReply {
  readonly item: DeskItem;
  /** The answer, in the thread; null for a recall's, which the item shows. */
  readonly move: HandoffMove | null;
}

/** What an agent's reply changes on the desk; null where it is heard already, or nobody has asked. */
export function hearReply(item: DeskItem, reply: HandoffReplied): HeardReply | null {
  if (reply.event === 'answer') return hearAnswer(item, reply);
  if (item.recall?.state !== 'asked') return null;
  return { item: { ...item, recall: { ...item.recall, state: reply.event, text: reply.text || null } }, move: null };
}

function hearAnswer(item: DeskItem, { question_id, agent_id, text, replied_at }: HandoffReplied): HeardReply | null {
  const { question, accepted, routed } = item;
  if (!question || question.questionId !== question_id || !accepted || !routed) return null;
  const after: DeskItem = { ...item, question: null, sequence: item.sequence + 1 };
  const by = agent_id as string as PersonId; // of this move alone, the contract says, it is the agent
  const facts = { note: text, question: { question_id, asked_by: question.askedBy } };
  return { item: after, move: movedEvent(after, accepted, routed, { event: 'info_given', by, channel: 'desk', at: replied_at, facts }) };
}
