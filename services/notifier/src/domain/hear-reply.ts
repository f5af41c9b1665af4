import { assertNever, type HandoffMove, type HandoffReplied, type PersonId } from '@handoff/contracts';
import type { DeskItem } from './desk-item.js';
import { movedEvent } from './moved-event.js';
import { withReport } from './terms.js';

export interface HeardReply {
  readonly item: DeskItem;
  /** The answer, in the thread; null for a recall's and for progress, which the item shows. */
  readonly move: HandoffMove | null;
}

/** What an agent's reply changes on the desk; null where it is heard already, or nobody has asked. */
export function hearReply(item: DeskItem, reply: HandoffReplied): HeardReply | null {
  switch (reply.event) {
    case 'answer':
      return hearAnswer(item, reply);
    case 'ask':
      return hearAsk(item, reply);
    case 'stopped':
    case 'already_done':
      if (item.recall?.state !== 'asked') return null;
      return { item: { ...item, recall: { ...item.recall, state: reply.event, text: reply.text || null } }, move: null };
    case 'progress':
      return hearProgress(item, reply);
    case 'accept':
    case 'refuse':
      return null; // whose the task is, routing says
    default:
      return assertNever(reply.event);
  }
}

/** As many as a person may be asked at a time; the agent is told nothing of the others until these are answered. */
const MOST_ASKS = 10;

/** Of the agent that has the task now; one that has lost it asks nobody. */
function hearAsk(item: DeskItem, { question_id, offer_id, agent_id, text, replied_at }: HandoffReplied): HeardReply | null {
  const { accepted, routed, asks } = item;
  if (!accepted || !routed || !question_id || item.state !== 'with_agent' || routed.agent?.offer_id !== offer_id) return null;
  if (asks.length >= MOST_ASKS || asks.some((it) => it.questionId === question_id)) return null;
  const ask = { questionId: question_id, askedBy: agent_id, text };
  const after: DeskItem = { ...item, asks: [...asks, ask], sequence: item.sequence + 1 };
  const by = agent_id as string as PersonId; // of this move, too, it is the agent
  const facts = { note: text, question: { question_id, asked_by: by } };
  return { item: after, move: movedEvent(after, accepted, routed, { event: 'ask', by, channel: 'desk', at: replied_at, facts }) };
}

/** Words are shown of the agent that has the task now; what was spent and decided counts whoever tells of it. */
function hearProgress(item: DeskItem, reply: HandoffReplied): HeardReply | null {
  const terms = item.state === 'ended' ? item.terms : withReport(item.terms, reply);
  const progress = isHoldersWord(item, reply) ? { text: reply.text, at: reply.replied_at } : item.progress;
  return terms === item.terms && progress === item.progress ? null : { item: { ...item, terms, progress }, move: null };
}

/** Without words it only says that it is at it. */
function isHoldersWord({ progress, state, routed }: DeskItem, { offer_id, text, replied_at }: HandoffReplied): boolean {
  return text !== '' && (progress?.at ?? '') < replied_at && state === 'with_agent' && routed?.agent?.offer_id === offer_id;
}

function hearAnswer(item: DeskItem, { question_id, agent_id, text, replied_at }: HandoffReplied): HeardReply | null {
  const { question, accepted, routed } = item;
  if (!question || question.questionId !== question_id || !accepted || !routed) return null;
  const after: DeskItem = { ...item, question: null, sequence: item.sequence + 1 };
  const by = agent_id as string as PersonId; // of this move alone, the contract says, it is the agent
  const facts = { note: text, question: { question_id, asked_by: question.askedBy } };
  return { item: after, move: movedEvent(after, accepted, routed, { event: 'info_given', by, channel: 'desk', at: replied_at, facts }) };
}
