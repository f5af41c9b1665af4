import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../json.js';
import { normalisePacket } from './normalise-packet.js';
import { looseJson, loosePacket } from './packets.arbitrary.js';

const field = (name: string, value: Json): Json | undefined => normalisePacket({ [name]: value })[name];
const step = (value: Json): Json | undefined => (field('steps_completed', [value]) as readonly Json[])[0];
const link = (value: Json): Json | undefined => (field('data_links', [value]) as readonly Json[])[0];

describe('normalisePacket', () => {
  it('gives out a normalised packet as it went in', () => {
    fc.assert(
      fc.property(loosePacket, (sent) => {
        const once = normalisePacket(sent);
        expect(normalisePacket(once)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing of what it was given', () => {
    fc.assert(
      fc.property(loosePacket, (sent) => {
        const before = structuredClone(sent);
        normalisePacket(sent);
        expect(sent).toEqual(before);
      }),
    );
  });

  it('keeps unknown fields in `extra`, joined to those that are there', () => {
    expect(normalisePacket({ task_id: 't', ticket: 7, empty: null, extra: { a: 1 } })).toEqual({
      task_id: 't',
      extra: { a: 1, ticket: 7, empty: null },
    });
    expect(normalisePacket({ extra: 'more' })).toEqual({ extra: { extra: 'more' } });
    expect(normalisePacket(JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as JsonObject)['extra']).toEqual(
      JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'),
    );
  });

  it('takes null for absent, but not in one of the eight fields', () => {
    expect(normalisePacket({ urgency: null, confidence: null, resume: null })).toEqual({ urgency: null });
  });

  it('takes an empty name for absent', () => {
    expect(normalisePacket({ agent: '', idempotency_key: '', requested_by: '' })).toEqual({});
  });

  it.each<[Json, Json]>([
    ['Looked it up', { id: '1', action: 'Looked it up', status: 'done', summary: '', evidence: [] }],
    [
      { step: 4, tool: 'get_order', arguments: { id: 7 }, result: { total: 5 }, error: false },
      { id: '4', action: 'get_order', args: { id: 7 }, status: 'done', summary: '{"total":5}', evidence: [] },
    ],
    [
      { tool: 'x', error: true },
      { id: '1', action: 'x', status: 'failed', summary: '', evidence: [] },
    ],
    [
      { tool: 'x', error: 'timeout after 30 s', result: null },
      { id: '1', action: 'x', status: 'failed', summary: '', evidence: [], extra: { error: 'timeout after 30 s' } },
    ],
    [
      { action: 'x', status: 'success' },
      { id: '1', action: 'x', status: 'done', summary: '', evidence: [] },
    ],
    [
      { action: 'x', status: 'constructor' },
      { id: '1', action: 'x', status: 'constructor', summary: '', evidence: [] },
    ],
    [
      { id: 'a', step: 2, action: 'x', tool: 'y', summary: 's', result: 'r', took_ms: 5 },
      { id: 'a', action: 'x', status: 'done', summary: 's', evidence: [], extra: { step: 2, tool: 'y', result: 'r', took_ms: 5 } },
    ],
    [7, 7],
  ])('brings the step %j into one form', (sent, expected) => {
    expect(step(sent)).toEqual(expected);
  });

  it('names a link by its address where it has no title, and never cuts a character in two', () => {
    expect(link('urn:order:1')).toEqual({ id: '1', title: 'urn:order:1', url: 'urn:order:1' });
    expect(link({ url: 'urn:order:1', sha256: 'ab' })).toEqual({ id: '1', title: 'urn:order:1', url: 'urn:order:1', sha256: 'ab' });
    expect(link({ id: 9, title: 'Order', url: '' })).toEqual({ id: '9', title: 'Order', url: '' });
    expect((link(`x${'😀'.repeat(300)}`) as { title: string }).title.isWellFormed()).toBe(true);
  });

  it.each<[Json, Json]>([
    ['', { code: 'other', text: '' }],
    ['Too expensive', { code: 'other', text: 'Too expensive' }],
    [' low_confidence ', { code: 'low_confidence', text: '' }],
    [{ text: 'why' }, { code: 'other', text: 'why' }],
    [
      { code: 'tool_failure', limit: 3 },
      { code: 'tool_failure', text: '', limit: 3 },
    ],
    [[], []],
  ])('brings the reason %j into one form', (sent, expected) => {
    expect(field('reason_for_escalation', sent)).toEqual(expected);
  });

  it.each<[Json, JsonObject]>([
    ['', { kind: 'none', name: '', args: {} }],
    ['Refund it', { kind: 'text', name: '', args: { text: 'Refund it' } }],
    ['{"name": "refund", "arguments": {"amount": 5}}', { kind: 'tool_call', name: 'refund', args: { amount: 5 } }],
    ['{"name": "refund"}', { kind: 'tool_call', name: 'refund', args: {} }],
    ['{"name": "refund", "args": {}, "rationale": "r"}', { kind: 'tool_call', name: 'refund', args: {}, rationale: 'r' }],
    ['{"name": 5}', { kind: 'text', name: '', args: { text: '{"name": 5}' } }],
    ['{not json', { kind: 'text', name: '', args: { text: '{not json' } }],
    [
      { tool: 'refund', arguments: { amount: 5 }, cost: 2 },
      { kind: 'tool_call', name: 'refund', args: { amount: 5 }, cost: 2 },
    ],
    [{}, { kind: 'none', name: '', args: {} }],
  ])('brings the recommended action %j into one form', (sent, expected) => {
    expect(field('recommended_action', sent)).toEqual({ rationale: '', alternatives: [], ...expected });
  });

  it.each([['{"name": "x", "arguments": {"a": "\\u0000"}}'], ['{"name": "x", "arguments": {"n": 9007199254740993}}']])(
    'leaves the call %s as words, because its arguments could not be kept as they are',
    (text) => {
      expect(field('recommended_action', text)).toMatchObject({ kind: 'text', args: { text } });
    },
  );

  it('brings alternatives, attempts, confidence, agent and state into one form', () => {
    expect(field('recommended_action', { name: 'a', alternatives: ['wait', { tool: 'b' }] })).toMatchObject({
      alternatives: [
        { kind: 'text', name: '', args: { text: 'wait' } },
        { kind: 'tool_call', name: 'b', args: {} },
      ],
    });
    expect(normalisePacket({ attempts: ['called'], confidence: 0.5, agent: 'a-1' })).toEqual({
      attempts: [{ action: 'called' }],
      confidence: { value: 0.5 },
      agent: { id: 'a-1' },
    });
    expect(field('current_state', 'half done')).toEqual({ text: 'half done' });
    expect(field('current_state', { text: 'half done', value: 1 })).toEqual({ text: 'half done', value: 1 });
    expect(field('current_state', { text: 'half', step: 4 })).toEqual({ text: '', value: { text: 'half', step: 4 } });
  });

  it('leaves what it does not understand to validation', () => {
    fc.assert(fc.property(looseJson, (value) => void normalisePacket({ steps_completed: value, data_links: value, attempts: value })));
  });
});
