import { randomUUID } from 'node:crypto';
import { handoffAccepted, jsonObjectIn, sha256, type Json, type JsonObject } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Door } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import { revokeAgentKeys } from './support/make-agent-key.js';
import { throughHttp, throughStdio, Tools } from './support/mcp-tools.js';

const LATER = '2099-01-31T12:00:00Z';
const PATIENCE = 4;

let system: JourneySystem;
const opened: Tools[] = [];

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
});
afterAll(async () => {
  await Promise.all(opened.map((tools) => tools.close().catch(() => undefined))); // some are closed by their test
  await system?.stop();
});

async function toolsFor(door: Door): Promise<Tools> {
  const tools = await Tools.open(await throughHttp(door, PATIENCE));
  opened.push(tools);
  return tools;
}

/** The bytes that the door has kept, by its own word. */
async function keptAt({ url, key }: Door, handoffId: Json | undefined): Promise<JsonObject> {
  const headers = { authorization: `Bearer ${key}` };
  return jsonObjectIn(await (await fetch(`${url}/v1/handoffs/${String(handoffId)}/packet`, { headers })).text());
}

const COMMON = {
  authority: { policy_id: 'refunds', limit: 50, requested: 89, unit: 'EUR' },
  expires_at: LATER,
  tags: ['refund'],
  metadata: { run: 7 },
  urgency: 'low',
  data_links: [{ id: 'ticket', title: 'Ticket', url: 'https://tickets.example/1' }],
  ticket_system: 'a field of its own',
};
const packetOf = (taskId: string): JsonObject => ({
  task_id: taskId,
  original_request: 'Refund order 881, the jug arrived broken',
  reason_for_escalation: 'refunds above 50 EUR need a person',
});
const escalationOf = (taskId: string): JsonObject => ({
  ...{ ...packetOf(taskId), ...COMMON },
  steps_completed: ['looked up order 881'],
  current_state: { text: 'nothing is paid', value: { order: 881 } },
  recommended_action: { kind: 'tool_call', name: 'refund', args: { order: '881' }, rationale: 'broken', alternatives: [] },
  attempts: [{ action: 'asked the shop', outcome: 'no answer' }],
  confidence: { value: 0.4, source: 'model' },
  parent: { task_id: 'shop' },
  requested_by: 'kim',
  args_schema: { type: 'object' },
  response_schema: { type: 'string' },
  options: ['refund', 'rebate'],
  features: { customer: 'new' },
  resume: { thread: 't-1' },
});
const PHOTO = Buffer.from('a photo');
const transferOf = (taskId: string, from: string): JsonObject => ({
  ...COMMON,
  ...{ task_id: taskId, from, to: 'whoever-pays', goal: 'Refund order 881' },
  results: [{ id: 'order', summary: 'found', value: { order: 881 } }],
  provenance: [{ result_id: 'order', source: 'db', by: from }],
  artifacts: [{ name: 'photo', media_type: 'image/png', data: PHOTO.toString('base64'), sha256: sha256(PHOTO) }],
  accumulated_state: { schema_id: 'acme/refund-run/2', value: { step: 3 }, sha256: sha256('{"step":3}') },
  remaining: ['pay'],
  decisions: [{ text: 'in full', why: 'broken' }],
  constraints: [{ kind: 'must_not', text: 'pay twice' }],
  decision_rights: { may: ['refund'], authority: [{ unit: 'EUR', up_to: 50 }] },
  ack_by: LATER,
  resume: { thread: 't-1' },
});
const delegationOf = (taskId: string): JsonObject => ({
  ...COMMON,
  ...{ task_id: taskId, goal: 'Name a supplier', agent_target: { capability: 'buying' }, context: { text: 'We need cups' } },
  success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
  constraints: [{ kind: 'must_not', text: 'sign anything' }],
  decision_rights: { must_ask: ['any contract'] },
  escalate_when: ['it costs more than 100 EUR'],
  output_schema: { type: 'object' },
  budget: { limit: 10, unit: 'EUR' },
  due_by: LATER,
  reviewer: { kind: 'person', id: 'ana' },
  max_rounds: 2,
});

describe.each([
  ['streamable HTTP', throughHttp],
  ['stdio', throughStdio],
])('what a model sends over %s', (name, through) => {
  const agentId = `sender-${name.length}`;

  it.each([
    ['escalate_to_human', escalationOf(`${agentId}-1`)],
    ['transfer_task', transferOf(`${agentId}-2`, agentId)],
    ['delegate_task', delegationOf(`${agentId}-3`)],
  ])('by %s is kept as it came, and what nobody knows is shown', async (tool, sent) => {
    const door = await system.doorFor(agentId);
    const tools = await Tools.open(await through(door));
    opened.push(tools);
    const { handoff_id: id } = await tools.call(tool, sent);
    expect(await keptAt(door, id)).toMatchObject(sent);
    const { packet } = await system.event(`${tool} is accepted`, handoffAccepted, ({ handoff_id }) => handoff_id === id);
    expect(packet.extra).toEqual({ ticket_system: 'a field of its own' });
  });
});

it('a task that a model gives by a template has the constraints of that', async () => {
  const door = await system.doorFor('by-template');
  const tools = await toolsFor(door);
  const template = { id: 'research-brief', inputs: { question: 'Who sells cups?' } };
  const { handoff_id: id } = await tools.call('delegate_task', { task_id: 'brief-1', template });
  const { constraints } = await keptAt(door, id);
  expect(constraints).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'must_not' })]));
});

describe('a model is told', () => {
  let door: Door;
  let tools: Tools;
  beforeAll(async () => {
    door = await system.doorFor('told');
    tools = await toolsFor(door);
  });

  it('that a key is none, or no longer', async () => {
    const wrong = await toolsFor({ ...door, key: `hk_${'0'.repeat(40)}` });
    const said = { refused: 'unauthorized', next: expect.stringContaining('whoever runs you') };
    expect(await wrong.call('list_pending')).toMatchObject(said);

    const revoked = await system.doorFor('dismissed');
    const its = await toolsFor(revoked);
    const { handoff_id: id = null } = await its.call('escalate_to_human', packetOf('dismissed-1'));
    await revokeAgentKeys('dismissed', system.databaseUrlOf('intake'));
    expect(await its.call('get_decision', { handoff_id: id })).toMatchObject({ ...said, handoff_id: id });
    expect(await its.call('escalate_to_human', packetOf('dismissed-2'))).toMatchObject({ ...said, task_id: 'dismissed-2' });
  });

  it('that a handoff is another agent’s, or nobody’s, in the same words', async () => {
    const other = await toolsFor(await system.doorFor('another'));
    const { handoff_id: theirs = null } = await other.call('escalate_to_human', packetOf('another-1'));
    for (const handoff_id of [theirs, randomUUID()]) {
      const said = { refused: 'not_found', handoff_id, message: expect.stringContaining(String(handoff_id)) };
      expect(await tools.call('get_decision', { handoff_id })).toMatchObject(said);
      expect(await tools.call('answer_question', { handoff_id, question_id: randomUUID(), text: 'Yes' })).toMatchObject(said);
    }
    expect(await tools.call('list_pending')).toEqual({ pending: [] });
  });

  it('that a question is none of those that were asked', async () => {
    const { handoff_id = null } = await tools.call('escalate_to_human', { ...packetOf('told-1'), idempotency_key: 'told-1' });
    const answer = { handoff_id, question_id: randomUUID(), text: 'Yes' };
    expect(await tools.call('answer_question', answer)).toMatchObject({
      refused: 'unknown_question',
      handoff_id,
      next: expect.any(String),
    });
  });

  it.each([300, 600, 3000])('that a packet of %s KiB is too large', async (kib) => {
    const [url = ''] = system.replicasOf('intake');
    const straight = await toolsFor({ ...door, url });
    const state = Array.from({ length: kib }, () => 'x'.repeat(1024));
    const said = await straight.call('escalate_to_human', { ...packetOf('large'), current_state: state });
    expect(said).toMatchObject({ refused: expect.stringContaining('262144 bytes') });
  });

  it.each([100, 1000])('that %s lists lie in each other', async (depth) => {
    const current_state = JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json;
    const said = await tools.call('escalate_to_human', { ...packetOf('deep'), current_state });
    expect(said).toMatchObject({ refused: 'invalid', task_id: 'deep', faults: [{ code: 'too_deep' }] });
  });

  it('everything that is wrong with a task that it passes on', async () => {
    const wrong = { ...transferOf('told-2', 'somebody-else'), ack_by: 'soon', max_hops: 3 };
    const { faults } = await tools.call('transfer_task', wrong);
    expect(faults).toEqual(expect.arrayContaining([expect.objectContaining({ path: 'ack_by', code: 'bad_format' })]));
  });

  it('that nothing answers, and has one handle for what it asks again', async () => {
    const packet = packetOf('told-3');
    const { handoff_id = null } = await tools.call('escalate_to_human', packet);
    await system.service('intake').stop();
    const said = { unreachable: true, next: expect.stringContaining('same arguments') };
    try {
      expect(await tools.call('escalate_to_human', packet)).toMatchObject({ ...said, task_id: 'told-3' });
      expect(await tools.call('get_decision', { handoff_id, wait_seconds: 25 })).toMatchObject({ ...said, handoff_id });
    } finally {
      await system.service('intake').start();
    }
    expect(await tools.call('escalate_to_human', packet)).toMatchObject({ handoff_id, status: 'pending' });
  });
});

describe('one agent’s model', () => {
  it('asks once where two of its clients ask the same at the same time', async () => {
    const door = await system.doorFor('two-at-once');
    const [one, other] = await Promise.all([toolsFor(door), toolsFor(door)]);
    const handles = await Promise.all([one, other, one, other].map((tools) => tools.call('escalate_to_human', packetOf('once'))));
    expect(new Set(handles.map(({ handoff_id }) => handoff_id)).size).toBe(1);
    expect(await one.call('list_pending')).toMatchObject({ pending: [{ task_id: 'once' }] });
  });

  it.each([
    ['streamable HTTP', throughHttp],
    ['stdio', throughStdio],
  ])('finds what it asked after its server over %s ended in the middle of a call', async (name, through) => {
    const door = await system.doorFor(`outlived-${name.length}`);
    const server = await through(door);
    const first = await Tools.open(server);
    const packet = packetOf(`outlived-${name.length}`);
    const { handoff_id = null } = await first.call('escalate_to_human', packet);
    const cut = expect(first.call('get_decision', { handoff_id, wait_seconds: 25 })).rejects.toThrow();
    await server.close();
    await server.transport.close();
    await cut;

    const again = await Tools.open(await through(door));
    opened.push(again);
    expect(await again.call('list_pending')).toMatchObject({ pending: [{ handoff_id }] });
    expect(await again.call('escalate_to_human', packet)).toMatchObject({ handoff_id });
  });
});
