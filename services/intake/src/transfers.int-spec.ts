import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffRejected,
  handoffTransfers,
  newId,
  type AgentId,
  type HandoffAssignment,
  type HandoffId,
  type JsonObject,
  type OfferId,
  type TaskId,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, startTestService, type TestService } from '@handoff/testing';
import { makeKey } from './domain/agent-key.js';
import { giveKey } from './give-key.for-spec.js';

let door: TestService;
const keys = { a: makeKey(), b: makeKey(), c: makeKey() };
type Name = keyof typeof keys;

beforeAll(async () => {
  const env = { DATA_KEY: randomBytes(32).toString('base64'), TRANSFER_HOPS: '3' };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
  for (const [agent, key] of Object.entries(keys)) await giveKey(door, agent, key);
}, 60_000);
afterAll(async () => {
  await door?.stop();
  delete process.env['TRANSFER_HOPS'];
});

const aTransfer = (taskId: string, from: string, to: string, over: JsonObject = {}): JsonObject => ({
  ...{ task_id: taskId, from, to, goal: 'Refund order 4711.', results: ['The jug is broken.'] },
  provenance: [{ result_id: '1', source: 'https://shop.example/photos/7' }],
  accumulated_state: { schema_id: 'acme/refund-run/2', value: { step: 3, api_key: 'sk-live-1234567890abcdef1234567890' } },
  ...{ remaining: ['Pay it back.'], decisions: [], constraints: [] },
  ...over,
});
const aTask = (): string => `task-${newId()}`;

type Answered = { readonly status: number; readonly body: JsonObject; readonly text: string };
async function request(path: string, agent: Name, body?: object): Promise<Answered> {
  const headers = { authorization: `Bearer ${keys[agent]}`, 'content-type': 'application/json' };
  const response = await fetch(`${door.url}/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers,
    body: body ? JSON.stringify(body) : null,
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as JsonObject, text };
}
async function passesOn(taskId: string, from: Name, to: string, over: JsonObject = {}): Promise<HandoffId> {
  const { status, body } = await request('transfers', from, aTransfer(taskId, from, to, over));
  expect([status, body['errors'] ?? []]).toEqual([201, []]);
  return body['handoff_id'] as HandoffId;
}
async function refused(taskId: string, from: Name, to: string, over: JsonObject = {}): Promise<unknown> {
  const { status, body } = await request('transfers', from, aTransfer(taskId, from, to, over));
  expect(status).toBe(422);
  return (body['errors'] as unknown as { code: string }[]).map(({ code }) => code); // a problem has them
}

const acceptedOf = async (id: string) => (await door.published(handoffAccepted)).filter(({ handoff_id }) => handoff_id === id);

function told(id: HandoffId, taskId: string, event: 'offered' | 'confirmed', agentId: string, offer_id: OfferId): HandoffAssignment {
  const ids = { tenant: DEFAULT_TENANT, handoff_id: id, task_id: taskId as TaskId, agent_id: agentId as AgentId, offer_id };
  const words = { asked_by: null, text: '', question_id: null, decision_id: null, kind: 'transfer' as const };
  return { ...ids, ...words, sequence: 1, packet_version: 1, event, asked_at: new Date().toISOString(), due_by: null };
}

async function ended(id: HandoffId, taskId: string, from: string, type: 'taken' | 'returned', by: string | null): Promise<void> {
  const accepted = anAcceptedHandoff({ handoff_id: id, task_id: taskId as TaskId, agent_id: from as AgentId, kind: 'transfer' });
  await door.deliver(handoffDecisions, [aDecision(accepted, { type, taken_by: by as AgentId | null, decided_by: [], action: null })]);
}

async function taken(id: HandoffId, taskId: string, from: string, by: string): Promise<void> {
  const offer_id = newId<OfferId>();
  await door.deliver(handoffAssignments, [told(id, taskId, 'offered', by, offer_id)]);
  await ended(id, taskId, from, 'taken', by);
  await door.deliver(handoffAssignments, [told(id, taskId, 'confirmed', by, offer_id)]);
}

describe('a task that an agent passes on', () => {
  it('is accepted as a transfer of that agent, masked for everybody, and as it came for whom it is offered', async () => {
    const taskId = aTask();
    const sent = aTransfer(taskId, 'a', 'b');
    const id = (await request('transfers', 'a', sent)).body['handoff_id'] as HandoffId;
    expect(await acceptedOf(id)).toMatchObject([
      {
        ...{ event: 'accepted', kind: 'transfer', agent_id: 'a', hands: ['a'], masked: ['/current_state/value/api_key'] },
        packet: { transfer: { to: { agent_id: 'b' } }, steps_completed: [{ evidence: ['https://shop.example/photos/7'] }] },
      },
    ]);
    expect((await request(`handoffs/${id}/packet`, 'b')).status).toBe(404);
    await door.deliver(handoffAssignments, [told(id, taskId, 'offered', 'b', newId<OfferId>())]);
    expect((await request(`handoffs/${id}/packet`, 'b')).text).toBe(JSON.stringify(sent));
  });

  it('is the same when it is sent again, even after it was taken, and new once it came back', async () => {
    const taskId = aTask();
    const id = await passesOn(taskId, 'a', 'b');
    const again = async () => (await request('transfers', 'a', aTransfer(taskId, 'a', 'b'))).body['handoff_id'];
    expect(await again()).toBe(id);
    await ended(id, taskId, 'a', 'returned', null);
    const second = (await again()) as HandoffId;
    expect(second).not.toBe(id);
    await taken(second, taskId, 'a', 'b');
    expect(await again()).toBe(second);
  });

  it('is no other agent’s to pass on', async () => {
    expect((await request('transfers', 'c', aTransfer(aTask(), 'a', 'b'))).body).toMatchObject({ errors: [{ path: 'from' }] });
  });
});

/** A task that one agent gave another, which holds it. */
async function given(taskId: string, by: Name, to: Name): Promise<HandoffId> {
  const criteria = [{ id: 'paid', text: 'It is paid', check: 'read the account' }];
  const task = { task_id: taskId, goal: 'Refund it.', success_criteria: criteria, constraints: [], context: 'A jug.', agent_target: to };
  const { body } = await request('agents/me/delegations', by, task);
  const id = body['handoff_id'] as HandoffId;
  const offer_id = newId<OfferId>();
  for (const event of ['offered', 'confirmed'] as const) await door.deliver(handoffAssignments, [told(id, taskId, event, to, offer_id)]);
  return id;
}
const handsRead = async (taskId: string, by: Name): Promise<unknown> => {
  const { body } = await request(`tasks/${encodeURIComponent(taskId)}`, by);
  return (body['handoffs'] as unknown as { handoff_id: string }[] | undefined)?.map(({ handoff_id }) => handoff_id); // none is a problem
};

describe('a task that was given', () => {
  it('is passed on by the agent that holds it and by no other, and both and their giver see every hand', async () => {
    const taskId = aTask();
    const task = await given(taskId, 'c', 'a');
    expect(await refused(taskId, 'b', 'd')).toEqual(['not_holder']);
    const passed = await passesOn(taskId, 'a', 'b');
    await taken(passed, taskId, 'a', 'b');
    for (const agent of ['a', 'b', 'c'] as const) expect(await handsRead(taskId, agent)).toEqual([task, passed]);
  });

  it('is neither read nor kept from being passed on by whoever gives itself one of the same name', async () => {
    const taskId = aTask();
    await taken(await passesOn(taskId, 'a', 'b'), taskId, 'a', 'b');
    const own = await given(taskId, 'c', 'c');
    expect(await handsRead(taskId, 'c')).toEqual([own]);
    const further = await passesOn(taskId, 'b', 'd');
    expect(await acceptedOf(further)).toMatchObject([{ hands: ['a', 'b'] }]);
    expect(await handsRead(taskId, 'c')).toEqual([own]);
  });
});

describe('a chain of hands', () => {
  it('grows by whoever has taken the task, never turns back, and ends at the setting', async () => {
    const taskId = aTask();
    const first = await passesOn(taskId, 'a', 'b');
    expect(await refused(taskId, 'a', 'c')).toEqual(['not_holder']); // it has passed it on
    await taken(first, taskId, 'a', 'b');
    expect(await refused(taskId, 'c', 'd')).toEqual(['not_holder']);
    expect(await refused(taskId, 'b', 'a')).toEqual(['cycle']);
    const second = await passesOn(taskId, 'b', 'c');
    expect(await acceptedOf(second)).toMatchObject([{ hands: ['a', 'b'] }]);
    await taken(second, taskId, 'b', 'c');
    const third = await passesOn(taskId, 'c', 'd');
    await taken(third, taskId, 'c', 'd');
    await door.deliverRaw(handoffTransfers, [{ key: taskId, value: JSON.stringify(aTransfer(taskId, 'd', 'e')) }]);
    const rejected = (await door.published(handoffRejected)).filter(({ task_id }) => task_id === taskId);
    expect(rejected.at(-1)).toMatchObject({ agent_id: 'd', errors: [{ code: 'too_many_hops' }] });

    const { body } = await request(`tasks/${encodeURIComponent(taskId)}`, 'b');
    expect(body).toMatchObject({
      holder: { agent_id: 'd', handoff_id: third },
      handoffs: [
        { handoff_id: first, agent_id: 'a', ended_as: 'taken', hands: [{ agent_id: 'b', state: 'confirmed' }] },
        { handoff_id: second, agent_id: 'b' },
        { handoff_id: third, agent_id: 'c' },
      ],
    });
  });

  it('may go on before this service has heard that it was taken', async () => {
    const taskId = aTask();
    await passesOn(taskId, 'a', 'b');
    expect(await acceptedOf(await passesOn(taskId, 'b', 'c'))).toMatchObject([{ hands: ['a', 'b'] }]);
  });

  it('never passes on more than came', async () => {
    const taskId = aTask();
    const rights = (upTo: number): JsonObject => ({ decision_rights: { authority: [{ unit: 'EUR', up_to: upTo }] } });
    await taken(await passesOn(taskId, 'a', 'b', rights(50)), taskId, 'a', 'b');
    expect(await refused(taskId, 'b', 'c', rights(51))).toEqual(['authority_exceeded']);
    expect(await refused(taskId, 'b', 'c')).toEqual(['authority_exceeded']);
    await passesOn(taskId, 'b', 'c', rights(50));
  });

  it('goes only where its state can be read', async () => {
    const register = (schemas: readonly string[]) =>
      fetch(`${door.url}/v1/agents/me`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${keys.c}` },
        body: JSON.stringify({ capabilities: ['pay'], schemas }),
      });
    await register(['acme/refund-run/1']);
    expect(await refused(aTask(), 'a', 'c')).toEqual(['unknown_schema_major']);
    expect(await refused(aTask(), 'a', 'c', { to: { capability: 'pay' } })).toEqual(['unknown_schema_major']);
    await register(['acme/refund-run/1', 'acme/refund-run/2']);
    await passesOn(aTask(), 'a', 'c');
  });

  it('takes one of two that are sent at the same moment', async () => {
    const taskId = aTask();
    const answers = await Promise.all(['b', 'c'].map((to) => request('transfers', 'a', aTransfer(taskId, 'a', to))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  });
});
