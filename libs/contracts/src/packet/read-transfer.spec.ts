import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { sha256 } from '../ids.js';
import type { JsonObject } from '../json.js';
import { readKept } from './read-handoff.js';
import { readPacket } from './read-packet.js';
import { readTransfer, REQUIRED_OF_TRANSFER, storedParts } from './read-transfer.js';
import { scoreCompleteness } from './score-completeness.js';

const STATE = { step: 3, 'order id': 4711, nested: { é: [1.5, null, 'x'] } };
const full: JsonObject = {
  task_id: 't-1',
  from: 'refunds',
  to: { capability: 'pay' },
  goal: 'Refund order 4711.',
  results: ['The jug arrived broken.', { id: 'paid', summary: 'It was paid by card.', value: { eur: 89 } }],
  artifacts: [{ name: 'photo.png', media_type: 'image/png', data: Buffer.from('pixels').toString('base64'), sha256: sha256('pixels') }],
  accumulated_state: { schema_id: 'acme/refund-run/2', value: STATE, sha256: sha256(canonicalize(STATE) ?? '') },
  remaining: ['Pay 89.00 EUR back.'],
  decisions: ['The customer keeps the jug.'],
  provenance: [
    { result_id: '1', source: 'https://shop.example/photos/7' },
    { result_id: 'paid', source: 'ledger.lookup(4711)' },
  ],
  constraints: [{ kind: 'must_not', text: 'pay more than 89.00 EUR' }],
};
const faultsOf = (sent: JsonObject): readonly string[] => {
  const read = readTransfer(sent);
  return read.kind === 'faults' ? read.faults.map(({ path, code }) => `${path} ${code}`) : [];
};
const artifact = (over: JsonObject): JsonObject => ({
  artifacts: [{ name: 'a', media_type: 'text/plain', sha256: sha256('x'), ...over }],
});
const state = (over: JsonObject): JsonObject => ({ accumulated_state: { schema_id: 'acme/refund-run/2', value: STATE, ...over } });

describe('a transfer', () => {
  it('becomes the packet that everybody reads: results are steps with where they come from, state stays as it is', () => {
    expect(readTransfer({ ...full, ...artifact({ url: 'https://files.example/a' }) })).toMatchObject({
      kind: 'ok',
      value: {
        agent: { id: 'refunds' },
        original_request: 'Refund order 4711.',
        steps_completed: [
          { id: '1', status: 'done', summary: 'The jug arrived broken.', evidence: ['https://shop.example/photos/7'] },
          { id: 'paid', evidence: ['ledger.lookup(4711)'], extra: { value: { eur: 89 } } },
        ],
        current_state: { text: 'To do: Pay 89.00 EUR back.', value: STATE },
        recommended_action: { kind: 'none' },
        data_links: [{ id: 'a', url: 'https://files.example/a', sha256: sha256('x') }],
        transfer: {
          to: { capability: 'pay' },
          state: { schema_id: 'acme/refund-run/2' },
          decisions: [{ text: 'The customer keeps the jug.' }],
        },
      },
    });
  });

  it.each(REQUIRED_OF_TRANSFER.map((field) => [field]))('without %s is refused by that name', (field) => {
    const sent = Object.fromEntries(Object.entries(full).filter(([key]) => key !== field));
    expect(faultsOf(sent)).toContainEqual(`${field} missing`);
  });

  it.each<[string, JsonObject, string]>([
    ['to nobody', { to: {} }, 'to missing'],
    ['with a result that comes from nowhere', { provenance: [{ result_id: '1', source: 'x' }] }, 'provenance missing'],
    [
      'with provenance of nothing',
      { results: [], provenance: [{ result_id: 'y', source: 'x' }] },
      'provenance[0].result_id not_allowed_value',
    ],
    ['with an artifact that is not what it says', artifact({ data: 'eXk=' }), 'artifacts[0].sha256 checksum_mismatch'],
    ['with an artifact that is nowhere', artifact({}), 'artifacts[0] missing'],
    ['with an artifact that is in two places', artifact({ data: 'eA==', url: 'https://x' }), 'artifacts[0] not_allowed_value'],
    ['with an artifact in no base64', artifact({ data: '?' }), 'artifacts[0].data bad_format'],
    ['with a checksum that is none', artifact({ url: 'https://x', sha256: 'abc' }), 'artifacts[0].sha256 bad_format'],
    ['with a state that is not what it says', state({ sha256: sha256('other') }), 'accumulated_state.sha256 checksum_mismatch'],
    ['with a state in two places', state({ stored: true }), 'accumulated_state.value not_allowed_value'],
    ['with a stored state of no name', { accumulated_state: { schema_id: 'a/1', stored: true } }, 'accumulated_state.sha256 missing'],
    ['with a state of no version', state({ schema_id: 'acme' }), 'accumulated_state.schema_id bad_format'],
    ['without a state’s value', { accumulated_state: { schema_id: 'acme/refund-run/2' } }, 'accumulated_state.value missing'],
    ['until a day that is none', { ack_by: '2026-02-30T00:00:00Z' }, 'ack_by bad_format'],
  ])('%s is refused by its path', (_, over, fault) => {
    expect(faultsOf({ ...full, ...over })).toEqual([fault]);
  });

  it('names what it leaves in the store, where that is too large for a packet', () => {
    const read = readTransfer({
      ...full,
      ...artifact({ stored: true }),
      accumulated_state: { schema_id: 'a/1', stored: true, sha256: sha256('big') },
    });
    expect(read.kind === 'ok' && read.value.transfer && storedParts(read.value.transfer)).toEqual([
      { path: 'artifacts[0]', sha256: sha256('x') },
      { path: 'accumulated_state', sha256: sha256('big') },
    ]);
    expect(read.kind === 'ok' && 'value' in read.value.current_state && read.value.current_state.value).toBe(undefined);
  });

  it('is read again as it is kept, as it was sent or as the packet that was made of it', () => {
    const read = readTransfer(full);
    if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
    expect(readKept('transfer', JSON.parse(JSON.stringify(read.value)) as JsonObject)).toEqual(read);
    expect(readKept('transfer', full)).toEqual(read);
  });

  it('is told what whoever takes it will miss', () => {
    const read = readTransfer({ ...full, results: [], provenance: [], remaining: [], constraints: [], ...state({ value: {} }) });
    const warnings = read.kind === 'ok' ? scoreCompleteness(read.value).warnings.map(({ path }) => path) : [];
    expect(warnings).toEqual(['results', 'remaining', 'accumulated_state', 'constraints', 'decision_rights']);
  });

  it('is no part of what an agent asks: there the word is one of its own', () => {
    const eight = { task_id: 't', original_request: 'r', steps_completed: [], current_state: '', reason_for_escalation: '' };
    const asked = readPacket({ ...eight, recommended_action: '', urgency: 'low', data_links: [], transfer: { mine: true } });
    expect(asked).toMatchObject({ kind: 'ok', value: { extra: { transfer: { mine: true } } } });
  });
});
