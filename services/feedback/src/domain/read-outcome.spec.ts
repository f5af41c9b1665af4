import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, NO_ENVELOPE, type Envelope, type Json } from '@handoff/contracts';
import { readOutcome } from './read-outcome.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';
const DIGEST = 'ab'.repeat(32);
const read = (sent: Json, envelope: Partial<Envelope> = {}) => readOutcome(sent, DEFAULT_TENANT, { ...NO_ENVELOPE, ...envelope });
const idOf = (...args: Parameters<typeof read>) => {
  const outcome = read(...args);
  return outcome.kind === 'ok' ? outcome.value.outcome_id : null;
};

describe('an outcome', () => {
  it('needs a task and a result, and nothing else', () => {
    expect(read({ task_id: 't-1', result: 'succeeded' })).toMatchObject({
      value: { task_id: 't-1', result: 'succeeded', agent_id: 'unknown', handoff_id: null, executed_digest: null, packet: null },
    });
    expect(read({ task_id: 't-1', result: 'succeeded', agent_id: null, packet: null })).toMatchObject({ kind: 'ok' });
  });

  it.each<[string, Json, object]>([
    ['no object', [], { path: '', code: 'wrong_type' }],
    ['no task', { result: 'failed' }, { path: 'task_id', code: 'missing' }],
    ['a result of its own', { task_id: 't', result: 'fine' }, { path: 'result', code: 'not_allowed_value' }],
    ['no digest', { task_id: 't', result: 'failed', executed_digest: 'abc' }, { path: 'executed_digest' }],
    ['a packet that asks nothing', { task_id: 't', result: 'failed', packet: {} }, { path: 'packet.original_request', code: 'missing' }],
    ['a secret for a task', { task_id: TOKEN, result: 'failed' }, { path: 'task_id', code: 'secret_in_id' }],
  ])('is refused with %s', (_, sent, fault) => {
    expect(read(sent)).toMatchObject({ kind: 'faults', faults: [fault] });
  });

  it('is its agent’s: the one that it names, that of the packet, or the event’s source', () => {
    const outcome = { task_id: 't', result: 'failed' };
    const packet = { original_request: 'r', agent: 'a' };
    expect(read({ ...outcome, agent_id: 'b', packet }, { source: 's' })).toMatchObject({ value: { agent_id: 'b' } });
    expect(read({ ...outcome, packet }, { source: 's' })).toMatchObject({ value: { agent_id: 'a' } });
    expect(read(outcome, { source: 's' })).toMatchObject({ value: { agent_id: 's' } });
  });

  it('is the same again by its event, or by its words in any order', () => {
    const one = { task_id: 't', result: 'failed' };
    expect(idOf({ result: 'failed', task_id: 't' })).toBe(idOf(one));
    expect(idOf({ task_id: 't', result: 'failed', ended_at: '2026-01-01T00:00:00Z' })).not.toBe(idOf(one));
    expect(idOf({ ...one, text: 'again' }, { source: 's', id: '1' })).toBe(idOf(one, { source: 's', id: '1' }));
    expect(idOf(one, { source: 's', id: '2' })).not.toBe(idOf(one, { source: 's', id: '1' }));
  });

  it('keeps no secret, and compares digests in one form', () => {
    const sent = { task_id: 't', result: 'failed', text: `used ${TOKEN}`, executed_digest: DIGEST.toUpperCase() };
    const outcome = read({ ...sent, packet: { original_request: `with ${TOKEN}` } });
    expect(outcome).toMatchObject({ value: { executed_digest: DIGEST } });
    expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  });
});
