import {
  handoffAssignments,
  handoffMoves,
  handoffReplies,
  handoffRouted,
  isJsonObject,
  type HandoffAccepted,
  type JsonObject,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

let system: JourneySystem;
let agent: Agent;
let ana: Person;
let ben: Person;
let chloe: Person;
let dora: Person;

beforeAll(async () => {
  system = await JourneySystem.start();
  agent = await system.agentWithKey('curious-agent');
  [ana, ben, chloe, dora] = (await Promise.all(['ana', 'ben', 'chloe', 'dora'].map((it) => system.person(it)))) as [
    Person,
    Person,
    Person,
    Person,
  ];
});
afterAll(() => system?.stop());

const APPROVE = { type: 'approve' } as const;
const routedTo = ({ handoff_id: id }: HandoffAccepted, who: string) =>
  system.event(`${id} is asked of ${who}`, handoffRouted, ({ handoff_id, asked }) => handoff_id === id && asked.some((it) => it === who));

describe('where two of three must agree', () => {
  it('the agent hears once two have said the same, and who they were', async () => {
    const careful = system.agent('careful-agent');
    const { handoff_id: id } = await careful.asks();
    await Promise.all([ana, ben, chloe].map((it) => it.opens(id)));
    expect(await ana.answers(id, APPROVE)).toMatchObject({ status: 202, body: { agreeing: 1, needed: 2 } });
    expect(await ben.answers(id, { type: 'edit', args: { order_id: '4711', amount: 100 } })).toMatchObject({
      status: 202,
      body: { agreeing: 1 },
    });
    expect(await chloe.answers(id, APPROVE)).toMatchObject({ status: 201 });
    expect(await careful.decision(id)).toMatchObject({ type: 'approve', decided_by: [{ subject: 'ana' }, { subject: 'chloe' }] });
    expect(await ben.answers(id, APPROVE)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('ana and chloe approved this') },
    });
  });
});

describe('four eyes', () => {
  it('whoever asked for it cannot decide it, vote on it, or choose who does', async () => {
    const { handoff_id: id } = await system.agent('careful-agent').asks({ requested_by: 'ana' });
    await ben.opens(id);
    const refused = { status: 403, body: { code: 'not_allowed', detail: expect.stringContaining('asked for this yourself') } };
    for (const type of ['approve', 'reject', 'take_over'] as const) expect(await ana.answers(id, { type })).toMatchObject(refused);
    for (const move of ['acknowledge', 'escalate', 'request_info'])
      expect(await ana.moves(id, { move, note: 'Please.' })).toMatchObject(refused);
    expect(await ben.moves(id, { move: 'reassign', to: { kind: 'person', id: 'ana' } })).toMatchObject({ status: 422 });
    expect(await ana.looksAt(id)).toMatchObject({ state: 'open', may: ['comment'], votes: [] });
  });
});

describe('an amount that a person may not decide', () => {
  const asks = (requested: number) => system.agent('cash-agent').asks({ authority: { limit: 50, requested, unit: 'EUR' } });

  it('is asked of the next level at once, and is let pass there alone', async () => {
    const accepted = await asks(129.5);
    const { handoff_id: id } = accepted;
    expect(await routedTo(accepted, 'chloe')).toMatchObject({ level: { number: 2 }, skipped: ['Cashiers'] });
    await dora.opens(id);
    expect(await dora.answers(id, APPROVE)).toMatchObject({ status: 403, body: { detail: expect.stringContaining('up to 100 EUR') } });
    await chloe.opens(id);
    expect((await chloe.answers(id, APPROVE)).status).toBe(201);
  });

  it('or would rather not, is passed on to somebody who may, at once', async () => {
    const accepted = await asks(99);
    const { handoff_id: id } = accepted;
    await dora.opens(id);
    expect((await dora.moves(id, { move: 'escalate', note: 'Above my limit.' })).status).toBe(201);
    expect(await routedTo(accepted, 'chloe')).toMatchObject({
      level: { number: 2 },
      before: [{ moved_because: 'dora passed it on: Above my limit.' }],
    });
    await chloe.opens(id);
    expect((await chloe.answers(id, APPROVE)).status).toBe(201);
  });
});

describe('a person who asks the agent first', () => {
  it('gets its answer in the thread, and the agent its decision: over HTTP', async () => {
    const { handoff_id: id } = await agent.asks();
    await ana.opens(id);
    const { body: view } = await agent.gets(`/${id}`);
    const waiting = agent.gets(`/${id}?wait=30&after=${String(view['sequence'])}`);
    expect((await ana.moves(id, { move: 'request_info', note: 'Is the jug blue?' })).status).toBe(201);
    const [question] = ((await waiting).body['questions'] ?? []) as readonly JsonObject[];
    expect(question).toMatchObject({ question: 'Is the jug blue?', asked_by: 'ana', answer: null });
    await eventually('the desk says that the level waits', async () => (await ana.looksAt(id))['paused_until']);
    await agent.posts(`/${id}/answers`, { question_id: question?.['question_id'], text: 'It is green.' });
    const thread = await answered(id);
    expect(thread).toMatchObject([{ event: 'request_info' }, { event: 'info_given', moved_by: agent.id, note: 'It is green.' }]);
    await eventually('the level goes on', async () => (await ana.looksAt(id))['paused_until'] === null);
    expect((await ana.answers(id, APPROVE)).status).toBe(201);
    expect(await agent.decision(id)).toMatchObject({ type: 'approve' });
  });

  it('gets it from an agent that knows the topics alone', async () => {
    const { handoff_id: id, task_id } = await agent.asks();
    await ana.opens(id);
    await ana.moves(id, { move: 'request_info', note: 'Is it broken?' });
    const asked = await system.event('the question', handoffAssignments, ({ handoff_id }) => handoff_id === id);
    const answer = { reply: 'answer', task_id, agent_id: agent.id, question_id: asked.question_id, text: 'In two.' };
    await system.publish(handoffReplies, { key: task_id, value: JSON.stringify(answer) });
    expect(await answered(id)).toMatchObject([{}, { note: 'In two.', question: { asked_by: 'ana' } }]);
  });

  async function answered(id: string): Promise<readonly JsonObject[]> {
    await system.event(`the answer about ${id}`, handoffMoves, (it) => it.handoff_id === id && it.event === 'info_given');
    return eventually('the answer is in the thread', async () => {
      const { thread } = await ana.looksAt(id);
      return Array.isArray(thread) && thread.length === 2 && thread.filter(isJsonObject);
    });
  }
});

describe('after a decision', () => {
  it('it is recalled, and the desk shows what the agent says', async () => {
    const { handoff_id: id } = await agent.asks();
    await ana.opens(id);
    await ana.answers(id, APPROVE);
    expect((await ana.moves(id, { move: 'recall', note: 'The wrong order.' })).status).toBe(201);
    await eventually('the agent hears of it', async () => isJsonObject((await agent.gets(`/${id}`)).body['recall'] ?? null));
    expect((await agent.posts(`/${id}/recall`, { reply: 'already_done', text: 'Paid a minute ago.' })).status).toBe(202);
    const recall = await eventually('the desk hears of it', async () => {
      const { recall } = await ben.looksAt(id);
      return isJsonObject(recall ?? null) && (recall as JsonObject)['state'] !== 'asked' && recall;
    });
    expect(recall).toMatchObject({ state: 'already_done', text: 'Paid a minute ago.', by: 'ana' });
  });

  it('a task that was taken over goes back to its agent with the work done, and the asking is rated', async () => {
    const { handoff_id: id } = await agent.asks();
    await ana.opens(id);
    await ana.answers(id, { type: 'take_over' });
    expect(await ana.looksAt(id)).toMatchObject({ holder: 'ana' });
    expect((await ana.moves(id, { move: 'hand_back', note: 'He wants a voucher.' })).status).toBe(201);
    await agent.feedback(id);
    expect((await ana.moves(id, { move: 'rate', asking_was: 'late' })).status).toBe(201);
    const view = await eventually('the agent hears the rating', async () => {
      const { body } = await agent.gets(`/${id}`);
      return isJsonObject(body['feedback'] ?? null) && (body['feedback'] as JsonObject)['revision'] === 2 && body;
    });
    expect(view).toMatchObject({
      handed_back: { work_done: 'He wants a voucher.' },
      feedback: { escalation: { verdict: 'late', source: 'person' } },
    });
  });
});
