import {
  handoffAccepted,
  handoffAssignments,
  handoffDelegations,
  handoffRejected,
  handoffRouted,
  type JsonObject,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

let system: JourneySystem;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  ana = await system.person('ana');
});
afterAll(() => system?.stop());

const aTask = (over: JsonObject = {}): JsonObject => ({
  task_id: `task-${randomUUID()}`,
  goal: 'Name three suppliers of paper cups.',
  success_criteria: [{ id: 'three', text: 'Three are named', check: 'count them' }],
  constraints: [{ kind: 'must_not', text: 'sign anything' }],
  context: 'We need 10,000 cups by May.',
  output_schema: { type: 'object', required: ['suppliers'], properties: { suppliers: { type: 'array', minItems: 3 } } },
  ...over,
});
const work = (suppliers: readonly string[], met = true): JsonObject => ({
  delivery: {
    summary: `${suppliers.length} suppliers were found.`,
    output: { suppliers },
    criteria: [{ criterion_id: 'three', met, evidence: ['https://cups.example/list'] }],
  },
});

async function handoffOf(answer: { readonly status: number; readonly body: JsonObject }): Promise<string> {
  expect(answer).toMatchObject({ status: 201 });
  return String(answer.body['handoff_id']);
}

describe('a person who gives an agent a task', () => {
  it('sends the delivery back once, and accepts what is delivered then', async () => {
    const agent = await system.agentWithKey('cup-finder');
    const handoffId = await handoffOf(await ana.delegates(aTask({ agent_target: agent.id })));
    const { offer_id: offer = '' } = await agent.takes(handoffId);

    await agent.replies(handoffId, offer ?? '', 'progress', { text: 'Two found so far.' });
    await agent.replies(handoffId, offer ?? '', 'deliver', work(['Acme', 'Bolt', 'Closed Ltd']));
    expect(await ana.reviews(handoffId, 2)).toMatchObject({
      kind: 'delegation',
      packet: { original_request: 'Name three suppliers of paper cups.', delegation: { delivery: { round: 1 } } },
      allowed_decisions: ['approve', 'reject', 'take_over'],
      asked: ['ana'],
    });
    const changes = [{ criterion_id: 'three', text: 'One of them is closed.' }];
    expect(await ana.moves(handoffId, { move: 'request_changes', changes })).toMatchObject({ status: 201 });

    expect(await agent.hears(handoffId, 'changes_requested')).toMatchObject({ offer_id: offer, changes, asked_by: 'ana' });
    await agent.replies(handoffId, offer ?? '', 'deliver', work(['Acme', 'Bolt', 'Cupco']));
    await ana.reviews(handoffId, 3);
    expect(await ana.answers(handoffId, { type: 'approve' })).toMatchObject({ status: 201 });

    expect(await agent.decision(handoffId)).toMatchObject({
      kind: 'delegation',
      type: 'approve',
      agent_id: agent.id,
      packet_version: 3,
      action: { name: 'accept_delivery', args: { output: { suppliers: ['Acme', 'Bolt', 'Cupco'] } } },
      decided_by: [{ subject: 'ana' }],
    });
  });

  it('answers what the agent asks while it works', async () => {
    const agent = system.agent('asking-finder'); // over Kafka alone
    const handoffId = await handoffOf(await ana.delegates(aTask({ agent_target: agent.id })));
    const { offer_id: offer } = await agent.takes(handoffId);
    await agent.replies(handoffId, offer ?? '', 'ask', { text: 'With or without lids?' });
    const seen = await system.event(
      'the question is in the thread',
      handoffRouted,
      (it) => it.handoff_id === handoffId && it.event === 'held',
    );
    expect(seen).toMatchObject({ agent: { agent_id: agent.id }, given_to: ['ana'] });
    await answered(handoffId, 'With.');
    expect(await agent.hears(handoffId, 'answer')).toMatchObject({ text: 'With.', asked_by: 'ana' });
    await ana.answers(handoffId, { type: 'reject', message: 'No longer needed.' });
    expect(await agent.hears(handoffId, 'cancelled')).toMatchObject({ offer_id: offer });
  });

  it('is told at once, by its path, what nobody could check', async () => {
    const { status, body } = await ana.delegates(aTask({ success_criteria: ['It is good'] }));
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ path: 'success_criteria[0].check', code: 'missing' }]);
  });
});

async function answered(handoffId: string, note: string): Promise<void> {
  await eventually(
    'the agent’s question can be answered',
    async () => (await ana.moves(handoffId, { move: 'answer', note })).status === 201,
  );
}

describe('a task that is published for a capability', () => {
  it('goes to the next agent where the first refuses, and never has two owners', async () => {
    const agents = await Promise.all(['brewer-1', 'brewer-2'].map((id) => system.agentWithKey(id)));
    for (const agent of agents) await agent.isCountedOn('brewing');
    const handoffId = await published(aTask({ agent_target: { capability: 'brewing' } }));
    const { agent_id: firstId, offer_id: offer } = await offered(handoffId, () => true);
    const [first, second] = agents.toSorted((a) => (a.id === firstId ? -1 : 1));
    await first?.replies(handoffId, offer ?? '', 'refuse', { text: 'I have no water.' });
    expect(await second?.takes(handoffId)).toMatchObject({ agent_id: second?.id });

    const late = await first?.posts(`/${handoffId}/replies`, { reply: 'accept', offer_id: offer });
    expect([404, 409]).toContain(late?.status); // it is another's by now
    const owners = (await system.events(handoffAssignments)).filter((it) => it.handoff_id === handoffId && it.event === 'confirmed');
    expect(owners.map(({ agent_id }) => agent_id)).toEqual([second?.id]);
  });

  it('is refused on the topic with every path', async () => {
    const task = aTask({ goal: '', success_criteria: [] });
    await system.publish(handoffDelegations, { key: null, value: JSON.stringify(task) });
    const rejected = await system.event('it is refused', handoffRejected, (it) => it.task_id === task['task_id']);
    expect(rejected.errors.map(({ path, code }) => `${path} ${code}`)).toEqual(['goal empty', 'success_criteria empty']);
  });
});

async function published(task: JsonObject): Promise<string> {
  await system.publish(handoffDelegations, { key: null, value: JSON.stringify(task) });
  return (await system.event('it is accepted', handoffAccepted, (it) => it.task_id === task['task_id'])).handoff_id;
}

const offered = (handoffId: string, isMeant: (agentId: string) => boolean) =>
  system.event('it is offered', handoffAssignments, (it) => it.handoff_id === handoffId && it.event === 'offered' && isMeant(it.agent_id));
