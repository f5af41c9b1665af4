import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffReplied,
  handoffReplies,
  newId,
  type AgentId,
  type HandoffAccepted,
  type HandoffAssignment,
  type HandoffId,
  type HandoffReplied,
  type JsonObject,
  type PersonId,
  type QuestionId,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, bareFields, eventually, startTestService, type TestService } from '@handoff/testing';
import { giveKey } from './give-key.for-spec.js';

const AGENT = 'refunds-agent' as AgentId;
let door: TestService;
let key: string;

beforeAll(async () => {
  door = await startTestService({
    service: 'intake',
    load: () => import('./intake.module.js'),
    env: { DATA_KEY: randomBytes(32).toString('base64') },
  });
  key = await giveKey(door, AGENT);
}, 60_000);
afterAll(() => door?.stop());

async function ask(path: string, body?: object): Promise<{ readonly status: number; readonly body: JsonObject }> {
  const response = await fetch(`${door.url}/v1/handoffs${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

async function anOpenHandoff(): Promise<HandoffAccepted> {
  const packet = bareFields();
  const { body } = await ask('', packet);
  return anAcceptedHandoff({ handoff_id: String(body['handoff_id']) as HandoffId, agent_id: AGENT, packet });
}

function anAssignment({ tenant, handoff_id, task_id }: HandoffAccepted, over: Partial<HandoffAssignment>): HandoffAssignment {
  const common = { tenant, handoff_id, task_id, agent_id: AGENT, sequence: 2, packet_version: 1, asked_by: 'ana' as PersonId };
  return {
    ...common,
    event: 'question',
    asked_at: new Date().toISOString(),
    text: 'Which photo?',
    question_id: newId<QuestionId>(),
    decision_id: null,
    ...over,
  };
}

const repliedOf = async ({ handoff_id: id }: HandoffAccepted): Promise<readonly HandoffReplied[]> =>
  (await door.published(handoffReplied)).filter(({ handoff_id }) => handoff_id === id);

describe('a person’s question', () => {
  it('wakes its agent, whose answer over HTTP is told once', async () => {
    const handoff = await anOpenHandoff();
    const { handoff_id: id } = handoff;
    const waiting = ask(`/${id}?wait=30&after=1`);
    const question = anAssignment(handoff, {});
    await door.deliver(handoffAssignments, [question]);
    const open = { question_id: question.question_id, question: 'Which photo?', asked_by: 'ana', answer: null };
    expect((await waiting).body).toMatchObject({ questions: [open], status: 'accepted' });

    const answer = { question_id: question.question_id, text: 'The second.' };
    for (const repeat of [1, 2])
      expect({ repeat, ...(await ask(`/${id}/answers`, answer)) }).toMatchObject({ status: 202, body: { state: 'taken' } });
    expect(await ask(`/${id}/answers`, { ...answer, text: 'The third.' })).toMatchObject({
      status: 409,
      body: { code: 'already_answered' },
    });
    expect(await ask(`/${id}/answers`, { ...answer, question_id: newId() })).toMatchObject({
      status: 409,
      body: { code: 'unknown_question' },
    });
    expect(await ask(`/${id}/answers`, { text: '' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'question_id' }, { path: 'text' }] },
    });
    expect(await repliedOf(handoff)).toMatchObject([
      { event: 'answer', question_id: question.question_id, text: 'The second.', agent_id: AGENT },
    ]);
    expect((await ask(`/${id}`)).body).toMatchObject({ questions: [{ answer: 'The second.' }] });
  });

  it('may be answered on the topic by an agent that heard of it before this service did', async () => {
    const handoff = await anOpenHandoff();
    const question = anAssignment(handoff, {});
    const reply = {
      reply: 'answer',
      handoff_id: handoff.handoff_id,
      agent_id: AGENT,
      question_id: question.question_id,
      text: 'The first.',
    };
    await door.deliverRaw(handoffReplies, [{ key: handoff.task_id, value: JSON.stringify(reply) }]);
    expect(await repliedOf(handoff)).toEqual([]);
    await door.deliver(handoffAssignments, [question]);
    await eventually('the answer that waited is taken', async () => (await repliedOf(handoff)).length === 1);
    expect((await ask(`/${handoff.handoff_id}`)).body).toMatchObject({ questions: [{ answer: 'The first.' }] });
  });
});

describe('a recall', () => {
  it('reaches its agent after the decision, and is answered once', async () => {
    const handoff = await anOpenHandoff();
    const { handoff_id: id } = handoff;
    expect(await ask(`/${id}/recall`, { reply: 'stopped' })).toMatchObject({ status: 409, body: { code: 'not_recalled' } });
    const decision = aDecision(handoff);
    await door.deliver(handoffDecisions, [decision]);
    await door.deliver(handoffAssignments, [
      anAssignment(handoff, { event: 'recall', text: 'Wrong order.', question_id: null, decision_id: decision.decision_id }),
    ]);
    expect((await ask(`/${id}`)).body).toMatchObject({
      status: 'decided',
      recall: { reason: 'Wrong order.', decision_id: decision.decision_id, reply: null },
    });
    expect((await ask(`/${id}/recall`, { reply: 'perhaps' })).status).toBe(422);
    for (const word of ['stopped', 'stopped'])
      expect((await ask(`/${id}/recall`, { reply: word, text: 'Nothing was sent.' })).status).toBe(202);
    expect(await ask(`/${id}/recall`, { reply: 'already_done' })).toMatchObject({ status: 409, body: { code: 'already_answered' } });
    expect(await repliedOf(handoff)).toMatchObject([{ event: 'stopped', text: 'Nothing was sent.' }]);
  });

  it('and a task that is handed back are in the agent’s view', async () => {
    const handoff = await anOpenHandoff();
    const decision = aDecision(handoff, { type: 'take_over', action: null });
    await door.deliver(handoffDecisions, [decision]);
    await door.deliver(handoffAssignments, [
      anAssignment(handoff, { event: 'handed_back', text: 'Called him.', question_id: null, decision_id: decision.decision_id }),
    ]);
    expect((await ask(`/${handoff.handoff_id}`)).body).toMatchObject({
      handed_back: { work_done: 'Called him.', handed_back_by: 'ana' },
      recall: null,
    });
  });
});

it('has said after a restore what it had said before: a reply that is read again is no second one, and the next event has a number of its own', async () => {
  const [byHttp, byTopic, recalled] = [await anOpenHandoff(), await anOpenHandoff(), await anOpenHandoff()];
  await door.backUp();
  const question = anAssignment(byHttp, {});
  const other = anAssignment(byTopic, {});
  const recall = anAssignment(recalled, { event: 'recall', question_id: null, text: 'Stop.' });
  await door.deliver(handoffAssignments, [question, other, recall]);
  const { handoff_id, agent_id, task_id } = byTopic;
  const reply = { reply: 'answer', handoff_id, agent_id, question_id: other.question_id, text: 'The first.' };
  await door.deliverRaw(handoffReplies, [{ key: task_id, value: JSON.stringify(reply) }]);
  await ask(`/${byHttp.handoff_id}/answers`, { question_id: question.question_id, text: 'The second.' });
  await ask(`/${byHttp.handoff_id}/context`, { context: { urgency: 'high' } });
  await ask(`/${recalled.handoff_id}/recall`, { reply: 'stopped' });
  const said = await Promise.all([byHttp, byTopic, recalled].map(repliedOf));
  expect(said.map((replies) => replies.map(({ event }) => event))).toEqual([['answer'], ['answer'], ['stopped']]);

  await door.restore();
  expect(await Promise.all([byHttp, byTopic, recalled].map(repliedOf))).toEqual(said);
  for (const [handoff, answer] of [[byHttp, 'The second.'] as const, [byTopic, 'The first.'] as const])
    expect((await ask(`/${handoff.handoff_id}`)).body).toMatchObject({ questions: [{ question: 'Which photo?', answer }] });
  expect((await ask(`/${recalled.handoff_id}`)).body).toMatchObject({ recall: { reason: 'Stop.', reply: 'stopped' } });
  expect((await ask(`/${byHttp.handoff_id}/packet`)).body).toMatchObject({ urgency: 'high' });

  await ask(`/${byTopic.handoff_id}/context`, { context: { urgency: 'high' } });
  const updated = (await door.published(handoffAccepted)).find(({ handoff_id: id, event }) => id === handoff_id && event === 'updated');
  expect(updated?.sequence).toBeGreaterThan(said[1]?.[0]?.sequence ?? Number.POSITIVE_INFINITY);
});
