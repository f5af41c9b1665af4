import { Packet, readDelegation, readPacket, readTransfer, SentDelegation, SentTransfer, type Json } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { complete, named, type AgentPacket } from './sent-packet.js';
import { NOTHING_PASSED_ON, type AgentDelegation, type AgentTransfer } from './sent-transfer.js';

const AT = '2026-12-01T10:00:00Z';
const UUID = '01a22676-b161-76fe-8fb0-c928313cbe00';
const COMMON = {
  ...{ task_id: 'refund-881', urgency: 'high' as const, data_links: ['https://shop.example/881'], idempotency_key: 'k', expires_at: AT },
  ...{ authority: { limit: 50, requested: 89, unit: 'EUR' }, parent: { task_id: 'order-881', handoff_id: UUID } },
  ...{ tags: ['refund'], metadata: { shop: 'north' }, extra: { own: 1 } },
};
const RIGHTS = { may: ['refund'], must_ask: ['promise'], authority: [{ unit: 'EUR', up_to: 50 }] };
const WITHOUT_MUST: Json = { kind: 'must_not', text: 'sign anything' };

const PACKET: Required<AgentPacket> = {
  ...COMMON,
  original_request: 'Refund order 881',
  steps_completed: ['looked it up', { action: 'checked the photo', status: 'done' }],
  current_state: { text: 'nothing is paid back yet', value: { step: 3 } },
  reason_for_escalation: { code: 'authority_limit', text: 'above my limit' },
  recommended_action: { kind: 'tool_call', name: 'refund', args: { order: '881' } },
  attempts: ['called the shop'],
  confidence: 0.7,
  agent: { id: 'refunds', version: '2' },
  requested_by: 'ana',
  resume: { thread: 7 },
  supersedes: UUID,
  allowed_decisions: ['approve', 'reject'],
  args_schema: { type: 'object' },
  response_schema: { type: 'object' },
  options: ['refund', { voucher: 89 }],
  features: { amount: 89 },
};
const TRANSFER: Required<AgentTransfer> = {
  ...COMMON,
  from: 'refunds',
  to: { capability: 'refunds' },
  goal: 'Refund order 881',
  results: [{ id: 'a', summary: 'It arrived broken.' }],
  artifacts: [{ name: 'photo', media_type: 'image/png', stored: true, sha256: 'a'.repeat(64) }],
  accumulated_state: { schema_id: 'acme/refund-run/2', stored: true, sha256: 'b'.repeat(64) },
  remaining: ['pay it back'],
  decisions: ['no voucher'],
  provenance: [{ result_id: 'a', source: 'https://shop.example/881' }],
  constraints: ['tell the customer', WITHOUT_MUST],
  decision_rights: RIGHTS,
  ack_by: AT,
  resume: 'thread-7',
};
const DELEGATION: Required<AgentDelegation> = {
  ...COMMON,
  goal: 'Name a supplier of paper cups.',
  success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
  constraints: [WITHOUT_MUST],
  context: 'We need 10,000 cups by May.',
  template: { id: 'supplier', version: 1, inputs: { what: 'cups' } },
  agent_target: 'cups',
  reviewer: { kind: 'person', id: 'ana' },
  due_by: AT,
  budget: { limit: 10, unit: 'EUR' },
  decision_rights: RIGHTS,
  escalate_when: ['it costs more than 500 EUR'],
  output_schema: { type: 'string' },
  max_rounds: 2,
};

const names = (form: object): readonly string[] => Object.keys(form).toSorted();
const sentOf = (form: { readonly task_id: string; readonly idempotency_key?: string }): Json => named(form)[0];

describe('what an agent writes', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['a packet', PACKET, new Packet(), ['delegation', 'transfer']],
    ['a transfer', TRANSFER, new SentTransfer(), []],
    ['a delegation', DELEGATION, new SentDelegation(), ['delegated_by']],
  ])('has every field of the contract: %s', (_, written, form, others) => {
    expect(names(written)).toEqual(names(form).filter((name) => !others.includes(name)));
  });

  it.each([
    ['a packet', readPacket(sentOf(complete(PACKET)))],
    ['a transfer', readTransfer(sentOf(TRANSFER))],
    ['a delegation', readDelegation(sentOf(DELEGATION))],
  ])('is taken as it is: %s', (_, read) => {
    expect(read).toMatchObject({ kind: 'ok', value: { extra: { own: 1 }, authority: { requested: 89 }, expires_at: AT } });
  });

  it('may leave out what there is nothing to say about', () => {
    const packet: AgentPacket = { task_id: 'a', original_request: 'Refund it', reason_for_escalation: 'above my limit' };
    const state = { schema_id: 'acme/refund-run/2', value: 3 };
    const transfer: AgentTransfer = { task_id: 'a', from: 'one', to: 'two', goal: 'Refund it', accumulated_state: state };
    const all = [readPacket(sentOf(complete(packet))), readTransfer(sentOf({ ...NOTHING_PASSED_ON, ...transfer }))];
    expect(all.map(({ kind }) => kind)).toEqual(['ok', 'ok']);
  });
});
