import { fault, type Fault } from '@handoff/contracts';
import { alreadyEnded, type Asked, type Standing } from './apply-ask.js';
import type { Reply, Work } from './read-reply.js';
import { replied } from './replied.js';

export type AgentsReply = Exclude<Reply['ask'], Work | { readonly type: 'withdraw' } | { readonly type: 'add_context' }>;

/** The agent's word on what a person asked of it; the same once more is the same. */
export function applyReply(standing: Standing, requestId: string, reply: AgentsReply, at: string): Asked {
  return reply.type === 'answer' ? answer(standing, requestId, reply, at) : stop(standing, requestId, reply, at);
}

function answer(standing: Standing, requestId: string, reply: AgentsReply & { readonly type: 'answer' }, at: string): Asked {
  const { questions } = standing.asked;
  const question = questions.find((it) => it.question_id === reply.questionId);
  if (!question)
    return refused(fault('question_id', 'unknown_question', `Nobody has asked question ${reply.questionId} about this handoff.`));
  if (question.answer === reply.text) return { kind: 'asked_before', requestId };
  if (question.answer !== null)
    return refused(
      fault('question_id', 'already_answered', `Question ${reply.questionId} has been answered; add context for what has changed.`),
    );
  if (standing.ended) return refused(alreadyEnded(standing));
  const answered = questions.map((it) => (it === question ? { ...it, answer: reply.text, answered_at: at } : it));
  const said = { event: reply.type, agent_id: standing.agentId, question_id: reply.questionId, text: reply.text };
  return replied(standing, { ...standing.asked, questions: answered }, said, at);
}

function stop(
  standing: Standing,
  requestId: string,
  reply: AgentsReply & { readonly type: 'stopped' | 'already_done' },
  at: string,
): Asked {
  const { recall } = standing.asked;
  if (recall === null) return refused(fault('reply', 'not_recalled', 'Nobody has recalled what was decided on this handoff.'));
  if (recall.reply === reply.type) return { kind: 'asked_before', requestId };
  if (recall.reply !== null) return refused(fault('reply', 'already_answered', `The recall has been answered with "${recall.reply}".`));
  const asked = { ...standing.asked, recall: { ...recall, reply: reply.type } };
  return replied(standing, asked, { event: reply.type, agent_id: standing.agentId, text: reply.text }, at);
}

const refused = (...faults: readonly Fault[]): Asked => ({ kind: 'faults', faults });
