import { Packet, SentDelegation, SentTransfer, type JsonObject } from '@handoff/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { aDoor, clientOf } from './a-door.for-spec.js';
import { handoffServer } from './server.js';

const LATER = '2027-01-31T12:00:00Z';
const SHA = 'a'.repeat(64);
const OTHER_ID = '0199f0c2-7d1e-7c3a-9d51-3c1f0e5b2a11';
const COMMON = {
  task_id: 'refund-1',
  urgency: 'low',
  data_links: [{ id: 'ticket', title: 'Ticket', url: 'https://tickets.example/1', classification: 'internal' }],
  authority: { policy_id: 'refunds', limit: 50, requested: 89, unit: 'EUR' },
  parent: { task_id: 'shop', handoff_id: OTHER_ID },
  expires_at: LATER,
  tags: ['refund'],
  metadata: { run: 7 },
  extra: { shift: 'late' },
};
const RIGHTS = { may: ['refund'], must_ask: ['rebate'], authority: [{ unit: 'EUR', up_to: 50 }] };
const CONSTRAINTS = [{ kind: 'must_not', text: 'sign anything' }];

const ESCALATION = {
  ...COMMON,
  original_request: 'Refund order 881',
  steps_completed: [{ id: '1', action: 'lookup', status: 'done', summary: 'found', evidence: ['db'], at: LATER }],
  current_state: { text: 'nothing is paid', value: { order: 881 } },
  reason_for_escalation: { code: 'authority_limit', text: 'above 50', limit: 50, observed: 89 },
  recommended_action: { kind: 'tool_call', name: 'refund', args: { order: '881' }, rationale: 'broken', alternatives: [] },
  attempts: [{ action: 'asked the shop', outcome: 'no answer', why: 'closed', at: LATER }],
  confidence: { value: 0.4, source: 'model' },
  agent: { id: 'refunds', version: '3', model: 'm-1' },
  requested_by: 'kim',
  resume: { thread: 't-1' },
  supersedes: OTHER_ID,
  allowed_decisions: ['approve', 'reject'],
  args_schema: { type: 'object' },
  response_schema: { type: 'string' },
  options: ['refund', { id: 'rebate' }],
  features: { customer: 'new' },
};
const DELEGATION = {
  ...COMMON,
  goal: 'Name a supplier',
  success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
  constraints: CONSTRAINTS,
  context: { text: 'We need cups', value: { cups: 10_000 } },
  template: { id: 'supplier', version: 2, inputs: { of: 'cups' } },
  agent_target: { agent_id: 'buyer', capability: 'buying' },
  decision_rights: RIGHTS,
  escalate_when: ['it costs more than 100 EUR'],
  output_schema: { type: 'object' },
  budget: { limit: 10, unit: 'EUR' },
  due_by: LATER,
  reviewer: { kind: 'person', id: 'ana' },
  max_rounds: 2,
};
const TRANSFER = {
  ...COMMON,
  from: { id: 'refunds', version: '3', model: 'm-1' },
  to: { agent_id: 'payer', capability: 'paying' },
  goal: 'Refund order 881',
  results: [{ id: 'order', summary: 'found', value: { order: 881 } }],
  artifacts: [{ name: 'photo', media_type: 'image/png', url: 'https://files.example/1', sha256: SHA }],
  accumulated_state: { schema_id: 'acme/refund-run/2', value: { step: 3 }, sha256: SHA },
  remaining: ['pay'],
  decisions: [{ text: 'in full', why: 'broken', by: 'kim', at: LATER }],
  provenance: [{ result_id: 'order', source: 'db', by: 'refunds', at: LATER }],
  constraints: CONSTRAINTS,
  decision_rights: RIGHTS,
  ack_by: LATER,
  resume: { thread: 't-1' },
};

/** Fields of the contract that no agent sends: the door and other kinds fill them in. */
const NOT_SENT = ['delegation', 'transfer', 'delegated_by'];
const fieldsOf = (type: new () => object): readonly string[] => Object.keys(new type()).filter((it) => !NOT_SENT.includes(it));

let door: Awaited<ReturnType<typeof aDoor>>;
let model: Client;

beforeEach(async () => {
  door = await aDoor();
  model = await clientOf(handoffServer({ url: door.url, key: 'hk_a' }));
});
afterEach(async () => {
  await model.close();
  await door.close();
});

async function call(name: string, args: JsonObject) {
  const { content, isError = false } = await model.callTool({ name, arguments: args });
  return { isError, text: (content as readonly { readonly text: string }[])[0]?.text ?? '' }; // a text, as all of ours
}

describe.each([
  ['escalate_to_human', '/v1/handoffs', ESCALATION as JsonObject, Packet],
  ['delegate_task', '/v1/agents/me/delegations', DELEGATION as JsonObject, SentDelegation],
  ['transfer_task', '/v1/transfers', TRANSFER as JsonObject, SentTransfer],
])('%s', (name, path, sent, type) => {
  it('hands every field of its packet to the door as it is, and those that this release does not know', async () => {
    const all = { ...sent, of_a_later_release: { kept: true } };
    expect([...Object.keys(sent), 'idempotency_key'].sort()).toEqual([...fieldsOf(type)].sort()); // a new field comes here
    expect(await call(name, { ...all, idempotency_key: 'once' })).toMatchObject({ isError: false });
    expect(door.heard[0]).toMatchObject({ method: 'POST', path, headers: { 'idempotency-key': 'once' } });
    expect(door.heard[0]?.body).toEqual(all);
  });

  it('tells a model of every field that it may send', async () => {
    const { tools } = await model.listTools();
    const { properties = {} } = tools.find((it) => it.name === name)?.inputSchema ?? {};
    const listed = new Set([...Object.keys(properties), 'extra']); // what is not listed needs no field of its own
    expect(fieldsOf(type).filter((field) => !listed.has(field))).toEqual([]);
  });

  it('names a key that no header can carry', async () => {
    expect(await call(name, { ...sent, idempotency_key: 'schlüssel-任务' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('idempotency_key'),
    });
    expect(door.heard).toEqual([]);
  });
});

describe('delegate_task', () => {
  it('leaves to a template what it leaves out', async () => {
    const template = { id: 'supplier', inputs: { of: 'cups' } };
    await call('delegate_task', { task_id: 'cups-1', template });
    expect(door.heard[0]?.body).toEqual({ task_id: 'cups-1', template });
  });

  it('says that there are no constraints and no context where it names neither', async () => {
    await call('delegate_task', { task_id: 'cups-1', goal: 'Name one', success_criteria: [] });
    expect(door.heard[0]?.body).toMatchObject({ constraints: [], context: '' });
  });

  it('refuses who gives the task by its name, as that is whose key it is', async () => {
    const { isError, text } = await call('delegate_task', { ...(DELEGATION as JsonObject), delegated_by: 'ana' });
    expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('delegated_by') });
    expect(door.heard).toEqual([]);
  });
});

it.each([
  ['get_decision', { handoff_id: OTHER_ID }],
  ['list_pending', {}],
  ['answer_question', { handoff_id: OTHER_ID, question_id: OTHER_ID, text: 'Yes' }],
  ['should_ask', {}],
  ['report_outcome', { task_id: 'refund-1', result: 'succeeded' }],
])('%s names a field that it does not know', async (name, args: JsonObject) => {
  const { isError, text } = await call(name, { ...args, urgent_please: true });
  expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('urgent_please') });
  expect(door.heard).toEqual([]);
});

it('should_ask and report_outcome hand on every field of theirs', async () => {
  const about = { packet: { task_id: 'refund-1' }, features: { customer: 'new' }, reason_code: 'other', domain: 'refunds', level: 'first' };
  await call('should_ask', { ...about, authority: { ...COMMON.authority, of_a_later_release: 1 } });
  expect(door.heard[0]?.body).toEqual({ ...about, authority: { ...COMMON.authority, of_a_later_release: 1 } });

  const ended = { task_id: 'refund-1', result: 'succeeded', handoff_id: OTHER_ID, decision_id: OTHER_ID, ended_at: LATER, text: 'paid' };
  await call('report_outcome', { ...ended, executed_digest: SHA, packet: { original_request: 'Refund' } });
  expect(door.heard[1]?.body).toEqual({ ...ended, executed_digest: SHA, packet: { original_request: 'Refund' } });
});
