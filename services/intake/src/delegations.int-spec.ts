import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffAgents,
  handoffAssignments,
  handoffDecisions,
  handoffDelegations,
  handoffEscalations,
  handoffRejected,
  handoffReplied,
  handoffReplies,
  newId,
  signServiceToken,
  type AgentId,
  type AssignmentEvent,
  type HandoffAccepted,
  type HandoffAssignment,
  type HandoffId,
  type JsonObject,
  type OfferId,
  type TaskId,
} from '@handoff/contracts';
import { aDecision, bareFields, eventually, startTestService, type TestService } from '@handoff/testing';
import { makeKey } from './domain/agent-key.js';
import { giveKey } from './give-key.for-spec.js';

const SECRET = 'a secret of at least thirty-two characters';
const AGENT = 'finder' as AgentId;
let door: TestService;
const keys = { finder: makeKey(), other: makeKey() };

beforeAll(async () => {
  const env = { DATA_KEY: randomBytes(32).toString('base64'), SERVICE_TOKEN_SECRET: SECRET, AGENT_ALIVE_SECONDS: '60' };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
  for (const [agent, key] of Object.entries(keys)) await giveKey(door, agent, key);
}, 60_000);
afterAll(async () => {
  await door?.stop();
  for (const name of ['SERVICE_TOKEN_SECRET', 'AGENT_ALIVE_SECONDS']) delete process.env[name];
});

const aTask = (over: JsonObject = {}): JsonObject => ({
  task_id: `task-${newId()}`,
  goal: 'Name a supplier.',
  success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
  constraints: [],
  context: 'We need cups.',
  agent_target: AGENT,
  ...over,
});
const delivery = { summary: 'Found one.', output: 'Acme', criteria: [{ criterion_id: 'named', met: true, evidence: ['acme.example'] }] };

type Answered = { readonly status: number; readonly body: JsonObject };
async function request(path: string, token: string, body?: object, method = body ? 'POST' : 'GET'): Promise<Answered> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${door.url}/v1/${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  return { status: response.status, body: (await response.json()) as JsonObject };
}
const asPerson = (subject: string, roles = ['responder']): string =>
  signServiceToken({ subject, roles, tenant: DEFAULT_TENANT, audience: 'intake' }, SECRET);
const says = (id: string, reply: JsonObject, agent: keyof typeof keys = 'finder') => request(`handoffs/${id}/replies`, keys[agent], reply);

const acceptedOf = async (id: string) => (await door.published(handoffAccepted)).filter(({ handoff_id }) => handoff_id === id);
async function whoIsTold({ handoff_id }: HandoffAccepted): Promise<readonly string[]> {
  const sql = `SELECT agent_id FROM agent_events WHERE handoff_id = $1 AND kind = 'decision' ORDER BY agent_id`;
  return (await door.query<{ agent_id: string }>(sql, [handoff_id])).map(({ agent_id }) => agent_id);
}
const repliedOf = async (id: string) => (await door.published(handoffReplied)).filter(({ handoff_id }) => handoff_id === id);

async function given(over: JsonObject = {}): Promise<{ readonly id: string; readonly taskId: string }> {
  const task = aTask(over);
  const { status, body } = await request('delegations', asPerson('ana'), task);
  expect(status).toBe(201);
  return { id: String(body['handoff_id']), taskId: String(task['task_id']) };
}

function told(id: string, taskId: string, event: AssignmentEvent, offer_id: OfferId): HandoffAssignment {
  const ids = { tenant: DEFAULT_TENANT, handoff_id: id as HandoffId, task_id: taskId as TaskId, agent_id: AGENT, offer_id };
  const words = { asked_by: null, text: '', question_id: null, decision_id: null, kind: 'delegation' as const };
  return { ...ids, ...words, sequence: 1, packet_version: 1, event, asked_at: new Date().toISOString(), due_by: new Date().toISOString() };
}

/** The agent's own escalation within a task, which a person has approved. */
async function approvedWithin(id: string): Promise<string> {
  const { body } = await request('handoffs', keys.finder, bareFields({ agent: { id: AGENT }, parent: { handoff_id: id } }));
  const asked = (await acceptedOf(String(body['handoff_id'])))[0];
  if (!asked) throw new Error(`The question was not accepted: ${JSON.stringify(body)}`);
  await door.deliver(handoffDecisions, [aDecision(asked)]);
  return asked.handoff_id;
}

async function confirmed(over: JsonObject = {}): Promise<{ readonly id: string; readonly taskId: string; readonly offer_id: OfferId }> {
  const task = await given(over);
  const offer_id = newId<OfferId>();
  for (const event of ['offered', 'confirmed'] as const)
    await door.deliver(handoffAssignments, [told(task.id, task.taskId, event, offer_id)]);
  return { ...task, offer_id };
}

describe('a task that an agent gives', () => {
  it('is its own to read and nobody else’s, and says that an agent gave it, whoever the body says', async () => {
    const { status, body } = await request('agents/me/delegations', keys.other, aTask({ delegated_by: 'ana' }));
    expect(status).toBe(201);
    const id = String(body['handoff_id']);
    const [accepted] = await acceptedOf(id);
    expect(accepted).toMatchObject({ kind: 'delegation', agent_id: AGENT, packet: { delegation: { delegated_by: 'agent:other' } } });
    expect(await request(`handoffs/${id}`, keys.other)).toMatchObject({ status: 200, body: { kind: 'delegation', decision: null } });
    const stranger = await giveKey(door, 'stranger');
    expect((await request(`handoffs/${id}`, stranger)).status).toBe(404);
  });

  it('is among what it waits for, and not among what whoever has it waits for', async () => {
    const giver = await giveKey(door, 'giver');
    const asked = await request('handoffs', giver, bareFields({ task_id: `task-${newId()}` }));
    const { body } = await request('agents/me/delegations', giver, aTask());
    const open = async (key: string) => {
      const { body: page } = await request('handoffs?status=open&limit=200', key);
      return (page['handoffs'] as JsonObject[]).map(({ handoff_id }) => handoff_id); // as the door lists
    };
    expect(await open(giver)).toEqual([body['handoff_id'], asked.body['handoff_id']]);
    expect(await open(keys.finder)).toEqual([]);
    const { body: last } = await request('handoffs?limit=1', giver);
    const { body: first } = await request(`handoffs?limit=1&cursor=${String(last['next_cursor'])}`, giver);
    expect([last, first]).toMatchObject([
      { handoffs: [{ kind: 'delegation' }], next_cursor: expect.any(String) },
      { handoffs: [{ kind: 'escalation' }], next_cursor: null },
    ]);
  });

  it('is told of to both once it has ended', async () => {
    const { body } = await request('agents/me/delegations', keys.other, aTask());
    const [accepted] = await acceptedOf(String(body['handoff_id']));
    if (!accepted) throw new Error('The task of this test was not accepted.');
    await door.deliver(handoffDecisions, [aDecision(accepted)]);
    expect(await whoIsTold(accepted)).toEqual(['finder', 'other']);
  });

  it('stays its own after a restore: it reads it, and is told how it ended', async () => {
    await door.backUp();
    const { body } = await request('agents/me/delegations', keys.other, aTask());
    const [accepted] = await acceptedOf(String(body['handoff_id']));
    if (!accepted) throw new Error('The task of this test was not accepted.');
    await door.restore();
    expect((await request(`handoffs/${accepted.handoff_id}`, keys.other)).status).toBe(200);
    await door.deliver(handoffDecisions, [aDecision(accepted)]);
    expect(await whoIsTold(accepted)).toEqual(['finder', 'other']);
  });

  it('is taken back by it, and not by the agent that has it', async () => {
    const { body } = await request('agents/me/delegations', keys.other, aTask());
    const id = String(body['handoff_id']);
    const withdraws = (key: string) => request(`handoffs/${id}/withdraw`, key, { reason: 'not needed any more' });
    expect(await withdraws(keys.finder)).toMatchObject({ status: 422, body: { errors: [{ path: 'reply', code: 'not_allowed_value' }] } });
    const asked = await withdraws(keys.other);
    expect(asked.status).toBe(202);
    expect((await request(`handoffs/${id}/requests/${String(asked.body['request_id'])}`, keys.other)).status).toBe(200);
    expect((await acceptedOf(id)).map(({ event }) => event)).toEqual(['accepted', 'withdrawal_asked']);
  });

  it('is taken back over Kafka by its name, and is its giver’s to read', async () => {
    const task = aTask({ delegated_by: 'agent:other' });
    await door.deliverRaw(handoffDelegations, [{ key: 'x', value: JSON.stringify(task) }]);
    const by = (agent_id: string) => JSON.stringify({ task_id: task['task_id'], reply: 'withdraw', reason: 'not needed', agent_id });
    const replies = ['finder', 'other'].map((agent) => ({ key: 'x', value: by(agent) }));
    await door.deliverRaw(handoffReplies, replies);
    const accepted = (await door.published(handoffAccepted)).filter(({ task_id }) => task_id === task['task_id']);
    expect(accepted.map(({ event }) => event)).toEqual(['accepted', 'withdrawal_asked']);
    expect(await request(`handoffs/${accepted[0]?.handoff_id ?? ''}`, keys.other)).toMatchObject({ status: 200 });
  });

  it('needs an agent’s key', async () => {
    expect((await request('agents/me/delegations', asPerson('ana'), aTask())).status).toBe(401);
  });
});

describe('a task that a person gives', () => {
  it('is hers by her token, whoever the body says, and the same key again is the same task', async () => {
    const task = aTask({ delegated_by: 'somebody else', idempotency_key: newId() });
    const first = await request('delegations', asPerson('ana'), task);
    expect(first).toMatchObject({ status: 201, body: { status: 'accepted' } });
    expect(await request('delegations', asPerson('ana'), task)).toEqual({ status: 200, body: { ...first.body, status: 'repeated' } });
    expect(await acceptedOf(String(first.body['handoff_id']))).toMatchObject([
      {
        event: 'accepted',
        kind: 'delegation',
        agent_id: AGENT,
        packet: { delegation: { delegated_by: 'ana' }, original_request: 'Name a supplier.' },
      },
    ]);
  });

  it('is taken from nobody who may only look, and from no agent’s key', async () => {
    expect((await request('delegations', asPerson('vera', ['viewer']), aTask())).status).toBe(403);
    expect((await request('delegations', keys.finder, aTask())).status).toBe(401);
  });

  it('is refused with every path, over HTTP and on the topic', async () => {
    const { status, body } = await request('delegations', asPerson('ana'), aTask({ goal: '' }));
    expect([status, body['errors']]).toMatchObject([422, [{ path: 'goal', code: 'empty' }]]);
    const task = aTask({ success_criteria: ['It is good'] });
    await door.deliverRaw(handoffDelegations, [{ key: String(task['task_id']), value: JSON.stringify(task) }]);
    const rejected = (await door.published(handoffRejected)).find(({ task_id }) => task_id === task['task_id']);
    expect(rejected?.errors).toMatchObject([{ path: 'success_criteria[0].check', code: 'missing' }]);
  });
});

it('is the same task when its record comes again, though it was rejected meanwhile', async () => {
  const task = aTask();
  const published = async () => {
    await door.deliverRaw(handoffDelegations, [{ key: String(task['task_id']), value: JSON.stringify(task) }]);
    return (await door.published(handoffAccepted)).filter(({ task_id }) => task_id === task['task_id']);
  };
  const [first] = await published();
  if (!first) throw new Error('It was not accepted.');
  await door.deliver(handoffDecisions, [aDecision(first, { type: 'reject' })]);
  expect(await published()).toEqual([first]);
});

describe('a template', () => {
  const template = { id: 'research-brief', inputs: { question: 'Who sells cups?' } };

  it('fills in what a task leaves out, is shown before it is given, and refuses inputs by their path', async () => {
    const shown = await request('delegations/preview', asPerson('ana'), { task_id: 't', template });
    expect(shown).toMatchObject({
      status: 200,
      body: { packet: { original_request: 'Answer: Who sells cups?', delegation: { delegated_by: 'ana' } } },
    });
    const { status, body } = await request('delegations', asPerson('ana'), { task_id: `task-${newId()}`, template });
    expect(status).toBe(201);
    const used = { id: 'research-brief', version: 1, inputs: { question: 'Who sells cups?', sources_at_least: 3 } };
    expect(await acceptedOf(String(body['handoff_id']))).toMatchObject([{ packet: { delegation: { template: used } } }]);
    const wrong = await request('delegations', asPerson('ana'), { task_id: 't', template: { ...template, inputs: {} } });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'template.inputs.question', code: 'missing' }] } });
  });

  it('fills in tasks on the topic as well', async () => {
    const task_id = `task-${newId()}`;
    await door.deliverRaw(handoffDelegations, [{ key: task_id, value: JSON.stringify({ task_id, template, delegated_by: 'ben' }) }]);
    const accepted = (await door.published(handoffAccepted)).filter((it) => it.task_id === task_id);
    expect(accepted).toMatchObject([{ packet: { original_request: 'Answer: Who sells cups?' } }]);
  });

  it('is copied by a lead under an id of its own, version by version, and nobody changes one that ships', async () => {
    const lead = asPerson('chloe', ['lead']);
    const copy = { from: { id: 'research-brief' }, id: 'our-brief', name: 'Our brief' };
    expect((await request('templates', asPerson('ana'), copy)).status).toBe(403);
    expect(await request('templates', lead, copy)).toMatchObject({ status: 201, body: { id: 'our-brief', version: 1, name: 'Our brief' } });
    const next = { from: { id: 'our-brief' }, id: 'our-brief', goal: 'Answer briefly: {{question}}' };
    expect((await request('templates', lead, next)).body).toMatchObject({ version: 2, name: 'Our brief' });
    expect((await request('templates/our-brief?version=1', lead)).body).toMatchObject({ goal: 'Answer: {{question}}' });
    const listed = (await request('templates', asPerson('vera', ['viewer']))).body['templates'];
    expect(listed).toHaveLength(9);
    expect(listed).toContainEqual(expect.objectContaining({ id: 'our-brief', version: 2 }));
    expect((await request('templates', lead, { from: { id: 'research-brief' }, id: 'research-brief' })).body).toMatchObject({
      errors: [{ path: 'id' }],
    });
    expect((await request('templates', lead, { ...copy, id: 'bad', inputs: { type: 7 } })).body).toMatchObject({
      errors: [{ path: 'inputs', code: 'bad_schema' }],
    });
  });
});

describe('an agent that was offered a task', () => {
  it('sees it and its packet, and takes it; another agent sees nothing', async () => {
    const { id, taskId } = await given();
    const offer_id = newId<OfferId>();
    expect((await request(`handoffs/${id}`, keys.other)).status).toBe(404);
    await door.deliver(handoffAssignments, [told(id, taskId, 'offered', offer_id)]);
    expect((await request('assignments?state=offered', keys.finder)).body['assignments']).toMatchObject([{ handoff_id: id, offer_id }]);
    expect((await request(`handoffs/${id}`, keys.finder)).body).toMatchObject({ kind: 'delegation', turn: { event: 'offered', offer_id } });
    expect((await says(id, { reply: 'accept', offer_id })).status).toBe(202);
    expect((await says(id, { reply: 'accept', offer_id }, 'other')).status).toBe(409);
    expect(await repliedOf(id)).toMatchObject([{ event: 'accept', offer_id, agent_id: AGENT }]);
  });

  it('may take it on the topic before this service has heard of the offer', async () => {
    const { id, taskId } = await given();
    const offer_id = newId<OfferId>();
    await door.deliverRaw(handoffReplies, [{ key: taskId, value: JSON.stringify({ reply: 'accept', offer_id, agent_id: AGENT }) }]);
    expect(await repliedOf(id)).toEqual([]);
    await door.deliver(handoffAssignments, [told(id, taskId, 'offered', offer_id)]);
    await eventually('the word that waited is told', async () => (await repliedOf(id)).length === 1);
  });

  it('is heard within moments, however many words wait before its own for what does not come', async () => {
    const offer_id = newId<OfferId>();
    const { id, taskId } = await given();
    await door.deliver(handoffAssignments, [told(id, taskId, 'offered', offer_id)]);
    const early = Array.from({ length: 201 }, (_, at) => ({ reply: 'progress', offer_id, agent_id: AGENT, text: String(at) }));
    await door.deliverRaw(
      handoffReplies,
      early.map((reply) => ({ key: taskId, value: JSON.stringify(reply) })),
    ); // not confirmed yet, for as long as a reply is held
    const other = await given();
    const later = newId<OfferId>();
    await door.deliverRaw(handoffReplies, [
      { key: other.taskId, value: JSON.stringify({ reply: 'accept', offer_id: later, agent_id: AGENT }) },
    ]);
    await door.deliver(handoffAssignments, [told(other.id, other.taskId, 'offered', later)]);
    await eventually('the last word is told', async () => (await repliedOf(other.id)).length === 1);
    await door.deliver(handoffAssignments, [told(id, taskId, 'confirmed', offer_id)]);
    await eventually('so are those that waited', async () => (await repliedOf(id)).length === early.length);
  });

  it('delivers once, and again only after it came back', async () => {
    const { id, taskId, offer_id } = await confirmed();
    expect(await says(id, { reply: 'deliver', offer_id, delivery: { ...delivery, criteria: [] } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'delivery.criteria', code: 'missing' }] },
    });
    expect(await says(id, { reply: 'deliver', offer_id, delivery })).toEqual({ status: 202, body: { state: 'taken', packet_version: 2 } });
    expect(await says(id, { reply: 'deliver', offer_id, delivery })).toMatchObject({ status: 409, body: { code: 'already_delivered' } });
    await door.deliver(handoffAssignments, [{ ...told(id, taskId, 'changes_requested', offer_id), sequence: 2 }]);
    expect((await says(id, { reply: 'deliver', offer_id, delivery })).status).toBe(202);
    expect(await acceptedOf(id)).toMatchObject([
      { event: 'accepted', packet_version: 1 },
      { event: 'delivered', packet_version: 2, packet: { delegation: { delivery: { round: 1 } } } },
      { event: 'delivered', packet_version: 3, packet: { delegation: { delivery: { round: 2 } } } },
    ]);
  });

  it('has delivered after a restore what it had delivered before: a reply that is read again is no further round', async () => {
    const { id, taskId, offer_id } = await confirmed();
    await door.backUp();
    const delivers = (summary: string) => {
      const value = JSON.stringify({ reply: 'deliver', offer_id, agent_id: AGENT, delivery: { ...delivery, summary } });
      return door.deliverRaw(handoffReplies, [{ key: taskId, value }]);
    };
    await delivers('Found one.');
    await door.deliver(handoffAssignments, [{ ...told(id, taskId, 'changes_requested', offer_id), sequence: 2 }]);
    await delivers('Found a better one.');
    const said = await acceptedOf(id);
    expect(said.map(({ event }) => event)).toEqual(['accepted', 'delivered', 'delivered']);

    await door.restore();
    expect(await acceptedOf(id)).toEqual(said);
    const { body } = await request(`handoffs/${id}/packet`, keys.finder);
    expect(body).toMatchObject({ delegation: { delivery: { summary: 'Found a better one.', round: 2 } } });
  });

  it('tells what it has spent and decided: it goes out with its word, stands where the task is read, and comes with the delivery', async () => {
    const rights = { may: ['choose the supplier'], must_ask: ['sign'] };
    const { id, taskId, offer_id } = await confirmed({ budget: { limit: 10, unit: 'EUR' }, decision_rights: rights });
    const progress = (more: JsonObject) => says(id, { reply: 'progress', offer_id, ...more });
    expect((await progress({ spent: { value: 12, unit: 'EUR' }, decisions: [{ text: 'Signed', under: 'sign' }] })).status).toBe(202);
    expect(await progress({ spent: { value: 11, unit: 'EUR' } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'spent.value' }] },
    });
    expect((await repliedOf(id)).at(-1)).toMatchObject({
      event: 'progress',
      spent: { value: 12, total: 12, limit: 10, unit: 'EUR' },
      decisions: [{ text: 'Signed', outside: 'must_ask', agent_id: AGENT }],
    });
    const over = { total: 12, limit: 10, unit: 'EUR', over: true };
    expect((await request(`handoffs/${id}`, keys.finder)).body).toMatchObject({
      spent: over,
      account: { decisions: [{ text: 'Signed' }] },
    });
    expect((await request(`tasks/${encodeURIComponent(taskId)}`, keys.finder)).body).toMatchObject({ handoffs: [{ spent: over }] });

    const approved = await approvedWithin(id);
    const decisions = [{ text: 'Signed again', under: 'sign', covered_by: approved }];
    expect((await says(id, { reply: 'deliver', offer_id, delivery, decisions })).status).toBe(202);
    const account = {
      spent: [{ agent_id: AGENT, value: 12 }],
      decisions: [{ outside: 'must_ask' }, { outside: null, covered_by: approved }],
    };
    expect((await acceptedOf(id)).at(-1)).toMatchObject({ event: 'delivered', packet: { delegation: { account } } });
  });

  it('hears that its terms come to their end, and has the task all the same', async () => {
    const { id, taskId, offer_id } = await confirmed();
    const warning = { term: 'due_by' as const, share: 0.8 };
    await door.deliver(handoffAssignments, [{ ...told(id, taskId, 'warning', offer_id), sequence: 3, text: 'Nearly due.', warning }]);
    expect((await request(`handoffs/${id}`, keys.finder)).body).toMatchObject({
      turn: { event: 'confirmed' },
      warnings: [{ ...warning, text: 'Nearly due.', agent_id: AGENT }],
    });
    expect((await says(id, { reply: 'progress', offer_id })).status).toBe(202);
  });

  it('hears of two shares that are passed in one instant, each once', async () => {
    const { id, taskId, offer_id } = await confirmed();
    const at = new Date().toISOString();
    const warned = [0.8, 1].map((share, index) => ({
      ...told(id, taskId, 'warning', offer_id),
      ...{ sequence: 3 + index, asked_at: at, warning: { term: 'due_by' as const, share } },
    }));
    await door.deliver(handoffAssignments, [...warned, ...warned]);
    expect((await request(`handoffs/${id}`, keys.finder)).body['warnings']).toMatchObject([{ share: 0.8 }, { share: 1 }]);
    const sql = `SELECT count(*)::int FROM agent_events WHERE handoff_id = $1 AND said ->> 'event' = 'warning'`;
    expect(await door.query(sql, [id])).toEqual([{ count: 2 }]);
  });

  it('has delivered what was approved, also where a schema that was set back has read no more than that it was confirmed', async () => {
    const { id, offer_id } = await confirmed();
    const [accepted] = await acceptedOf(id);
    if (!accepted) throw new Error('The task of this test was not accepted.');
    await door.deliver(handoffDecisions, [aDecision(accepted)]);
    const { body } = await request('assignments?state=delivered', keys.finder);
    expect(body['assignments']).toContainEqual(expect.objectContaining({ offer_id, event: 'confirmed', state: 'delivered' }));
  });

  it('is told that it has lost it, whatever it says then', async () => {
    const { id, taskId, offer_id } = await confirmed();
    await door.deliver(handoffAssignments, [told(id, taskId, 'lapsed', offer_id)]);
    expect((await says(id, { reply: 'deliver', offer_id, delivery })).status).toBe(409);
    await door.deliver(handoffAssignments, [told(id, taskId, 'confirmed', offer_id)]); // late: what has lapsed has lapsed
    expect((await says(id, { reply: 'progress', offer_id })).body).toMatchObject({ code: 'not_holder' });
  });
});

describe('a task', () => {
  it('shows its agents every hand that it went through, with instants, and who has it now', async () => {
    const { id, taskId, offer_id } = await confirmed();
    await says(id, { reply: 'deliver', offer_id, delivery });
    expect((await request(`tasks/${encodeURIComponent(taskId)}`, keys.finder)).body).toMatchObject({
      task_id: taskId,
      holder: null,
      handoffs: [{ handoff_id: id, kind: 'delegation', hands: [{ agent_id: AGENT, state: 'delivered' }] }],
    });
    await door.deliver(handoffAssignments, [{ ...told(id, taskId, 'changes_requested', offer_id), sequence: 2 }]);
    const { body } = await request(`tasks/${encodeURIComponent(taskId)}`, keys.finder);
    expect(body).toMatchObject({ holder: { agent_id: AGENT, handoff_id: id } });
    const [
      {
        hands: [{ history }],
      },
    ] = body['handoffs'] as unknown as [{ hands: [{ history: { event: string }[] }] }]; // as seen just above
    expect(history.map(({ event }) => event)).toEqual(['offered', 'confirmed', 'delivered', 'changes_requested']);
    expect((await request(`tasks/${encodeURIComponent(taskId)}`, keys.other)).status).toBe(404);
  });
});

describe('an escalation of whoever holds a task, for its sake', () => {
  const asks = (agent: keyof typeof keys, parent: JsonObject, over: JsonObject = {}) =>
    request('handoffs', keys[agent], bareFields({ agent: { id: agent }, parent, ...over }));

  it('is within it, by whatever name, under whatever task, and both are one history', async () => {
    const { id, taskId, offer_id } = await confirmed();
    const asked = await asks('finder', { handoff_id: id, task_id: taskId }, { task_id: `${taskId}-price` });
    expect(asked.status).toBe(201);
    const within = String(asked.body['handoff_id']);
    expect((await request(`handoffs/${within}/context`, keys.finder, { context: { current_state: 'Nothing new.' } })).status).toBe(202);
    expect((await acceptedOf(within)).map(({ event, within: of }) => `${event} ${of ?? ''}`)).toEqual([`accepted ${id}`, `updated ${id}`]);
    const byTask = await asks('finder', { task_id: taskId }, { task_id: taskId });
    expect(await acceptedOf(String(byTask.body['handoff_id']))).toMatchObject([{ within: id }]);
    await says(id, { reply: 'deliver', offer_id, delivery });

    for (const task of [taskId, `${taskId}-price`]) {
      const { body } = await request(`tasks/${encodeURIComponent(task)}`, keys.finder);
      const history = body['history'] as unknown as { kind: string; event: string; who: string[] }[]; // one of what was done above
      expect(history.map(({ kind, event, who }) => `${kind} ${event} ${who.join()}`)).toEqual([
        ...['delegation accepted ', 'delegation offered finder', 'delegation confirmed finder'],
        ...['escalation accepted finder', 'escalation accepted finder', 'delegation delivered finder'],
      ]);
    }
  });

  it('is refused by its path where the task is not its agent’s, or over, on either door', async () => {
    const { id, taskId, offer_id } = await confirmed();
    const faults = async (agent: keyof typeof keys) => (await asks(agent, { handoff_id: id })).body;
    expect(await faults('other')).toMatchObject({ status: 422, errors: [{ path: 'parent.handoff_id', code: 'not_holder' }] });
    const stranger = `stranger-${newId()}`;
    const packet = bareFields({ agent: { id: stranger }, parent: { handoff_id: id } });
    await door.deliverRaw(handoffEscalations, [{ key: taskId, value: JSON.stringify(packet) }]);
    expect((await door.published(handoffRejected)).find(({ agent_id }) => agent_id === stranger)).toMatchObject({
      errors: [{ path: 'parent.handoff_id', code: 'not_holder' }],
    });
    await door.deliver(handoffAssignments, [told(id, taskId, 'lapsed', offer_id)]);
    expect(await faults('finder')).toMatchObject({ errors: [{ code: 'not_holder' }] });
    const over = await confirmed();
    const [accepted] = await acceptedOf(over.id);
    if (accepted) await door.deliver(handoffDecisions, [aDecision(accepted, { type: 'take_over' })]);
    expect((await asks('finder', { handoff_id: over.id })).body).toMatchObject({ errors: [{ code: 'already_ended' }] });
  });

  it('is asked all the same where what it names is no delegation that is known here', async () => {
    const asked = await asks('finder', { handoff_id: newId(), task_id: 'a ticket of theirs' });
    expect(await acceptedOf(String(asked.body['handoff_id']))).toMatchObject([
      { within: null, packet: { parent: { task_id: 'a ticket of theirs' } } },
    ]);
  });
});

describe('an agent that says what it can do', () => {
  it('is counted on while it is heard of, and told of where that changes', async () => {
    const ofAgent = async () => (await door.published(handoffAgents)).map(({ event, revision }) => `${revision} ${event}`);
    expect((await request('agents/me/heartbeat', keys.other, {})).status).toBe(404);
    expect((await request('agents/me', keys.finder, { capabilities: ['search'], most_at_once: 3 }, 'PUT')).status).toBe(200);
    expect((await request('agents/me', keys.finder, { capabilities: 'search' }, 'PUT')).status).toBe(422);
    await request('agents/me/heartbeat', keys.finder, {});
    expect(await ofAgent()).toEqual(['1 registered']);
    await door.advance(40);
    await request('agents/me/heartbeat', keys.finder, {});
    expect(await ofAgent()).toEqual(['1 registered', '2 alive']);
    const known = async () => (await request('agents', asPerson('ana'))).body['agents'];
    expect(await known()).toEqual([{ agent_id: AGENT, capabilities: ['search'], version: null, alive: true }]);
    await door.advance(61);
    await eventually('it is told that the agent is silent', async () => (await ofAgent()).at(-1) === '3 lapsed');
    expect(await known()).toMatchObject([{ alive: false }]);
    await request('agents/me/heartbeat', keys.finder, {});
    expect((await ofAgent()).at(-1)).toBe('4 alive');
  });
});
