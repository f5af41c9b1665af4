import { describe, expect, it } from '@jest/globals';
import { NO_ENVELOPE, type AgentId } from '@handoff/contracts';
import { agentOfRefused, readInbound, senderNamed, taskIdOf } from './read-inbound.js';

const packet = { task_id: 't-1', urgency: 'low' };
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const from = (source: string | null) => ({ ...NO_ENVELOPE, source });

describe('readInbound', () => {
  it('takes a bare value, headers beside it, and a structured event for the same packet', () => {
    const headers = { ce_id: '1', ce_source: 's' };
    const event = { specversion: '1.0', id: '1', source: 's', data: packet };
    expect(readInbound({ headers: {}, value: bytes(packet) })).toMatchObject({ kind: 'value', value: packet, envelope: { id: null } });
    expect(readInbound({ headers, value: bytes(packet) })).toMatchObject({ value: packet, envelope: { id: '1', source: 's' } });
    expect(readInbound({ headers: {}, value: bytes(event) })).toMatchObject({ value: packet, envelope: { id: '1', source: 's' } });
  });

  it('names what is wrong with headers and bytes together', () => {
    const inbound = readInbound({ headers: { ce_id: ['1', '2'] }, value: Buffer.from('{') });
    expect(inbound).toMatchObject({ kind: 'unreadable', faults: [{ code: 'duplicate_header' }, { code: 'unreadable' }] });
  });
});

describe('taskIdOf', () => {
  it('is what a refused value names, where that can be a key', () => {
    expect(taskIdOf({ task_id: 't' })).toBe('t');
    for (const sent of [null, [], { task_id: 1 }, { task_id: '' }, { task_id: 'x'.repeat(257) }]) expect(taskIdOf(sent)).toBeNull();
  });
});

describe('agentOfRefused', () => {
  it('says as much as can be read', () => {
    expect(agentOfRefused({ agent: { id: 'a' } }, from('s'))).toBe('a');
    expect(agentOfRefused({ agent_id: 'a' }, from('s'))).toBe('a');
    expect(agentOfRefused({ agent: 7 }, from('s'))).toBe('s');
    expect(agentOfRefused(null, from('s'.repeat(257)))).toBeNull();
  });
});

describe('senderNamed', () => {
  it('is the agent that is named, else the event’s source, else unknown', () => {
    expect(senderNamed('a' as AgentId, from('s'))).toMatchObject({ value: 'a' });
    expect(senderNamed(undefined, from('s'))).toMatchObject({ value: 's' });
    expect(senderNamed(undefined, from(null))).toMatchObject({ value: 'unknown' });
  });

  it('refuses a source that is too long to stand for an agent', () => {
    expect(senderNamed(undefined, from('s'.repeat(257)))).toMatchObject({ faults: [{ path: 'headers.ce_source', code: 'too_long' }] });
    expect(senderNamed('a' as AgentId, from('s'.repeat(257)))).toMatchObject({ value: 'a' });
  });
});
