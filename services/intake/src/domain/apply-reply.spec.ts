import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, type AgentId, type HandoffId, type PersonId, type QuestionId, type TaskId } from '@handoff/contracts';
import { aPacket, bareFields } from '@handoff/testing';
import { applyAsk, type Standing } from './apply-ask.js';
import { NOTHING_ASKED, type AskedOfAgent } from './asked-of-agent.js';
import type { Ask } from './read-reply.js';

const AT = '2026-01-01T00:00:00.000Z';
const QUESTION = 'q' as QuestionId;
const ana = 'ana' as PersonId;
const asked: AskedOfAgent = {
  ...NOTHING_ASKED,
  questions: [{ question_id: QUESTION, question: 'Which?', asked_by: ana, asked_at: AT, answer: null, answered_at: null }],
};
const recalled: AskedOfAgent = {
  ...NOTHING_ASKED,
  recall: { decision_id: null, reason: 'Wrong.', asked_by: ana, asked_at: AT, reply: null },
};

function standing(over: Partial<Standing> = {}): Standing {
  const ids = { tenant: DEFAULT_TENANT, handoffId: 'h' as HandoffId, agentId: 'a' as AgentId, taskId: 't' as TaskId };
  const counts = { sequence: 3, packetVersion: 1, kind: 'escalation', givenBy: null, acceptedAt: AT } as const;
  return { ...ids, ...counts, packet: aPacket(), sent: bareFields(), ended: false, withdrawal: null, asked, offers: [], ...over };
}
const answer = (text: string, questionId = QUESTION): Ask => ({ type: 'answer', questionId, text });

describe('an agent’s answer', () => {
  it('is kept with its question and told once', () => {
    const replied = applyAsk(standing(), null, 'r', answer('This one.'), AT);
    if (replied.kind !== 'replied') throw new Error(replied.kind);
    expect(replied).toMatchObject({
      standing: { sequence: 4, asked: { questions: [{ answer: 'This one.', answered_at: AT }] } },
      event: { event: 'answer', sequence: 4, question_id: QUESTION, text: 'This one.', replied_at: AT },
    });
    expect(applyAsk(replied.standing, null, 'r', answer('This one.'), AT).kind).toBe('asked_before');
    expect(applyAsk(replied.standing, null, 'r', answer('Another.'), AT)).toMatchObject({ faults: [{ code: 'already_answered' }] });
  });

  it.each<[string, Partial<Standing>, Ask, string]>([
    ['nobody has asked', { asked: NOTHING_ASKED }, answer('This one.'), 'unknown_question'],
    ['of another question', {}, answer('This one.', 'other' as QuestionId), 'unknown_question'],
    ['after the end', { ended: true }, answer('This one.'), 'already_ended'],
    ['to a recall that nobody made', { ended: true }, { type: 'stopped', text: '' }, 'not_recalled'],
  ])('is refused where it is %s', (_, over, ask, code) => {
    expect(applyAsk(standing(over), null, 'r', ask, AT)).toMatchObject({ kind: 'faults', faults: [{ code }] });
  });
});

describe('an agent’s word on a recall', () => {
  it('counts once, after the end', () => {
    const replied = applyAsk(standing({ ended: true, asked: recalled }), null, 'r', { type: 'already_done', text: '' }, AT);
    if (replied.kind !== 'replied') throw new Error(replied.kind);
    expect(replied).toMatchObject({
      standing: { asked: { recall: { reply: 'already_done' } } },
      event: { event: 'already_done', question_id: null },
    });
    expect(applyAsk(replied.standing, null, 'r', { type: 'stopped', text: '' }, AT)).toMatchObject({
      faults: [{ code: 'already_answered' }],
    });
  });
});
