import { describe, expect, it } from '@jest/globals';
import { NO_ENVELOPE } from '@handoff/contracts';
import { readSent, readInbound, taskIdOf } from './read-sent.js';

const packet = {
  task_id: 't-1',
  original_request: 'r',
  steps_completed: [],
  current_state: '',
  reason_for_escalation: '',
  recommended_action: '',
  urgency: 'low',
  data_links: [],
};
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

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

describe('readSent', () => {
  it('keeps the packet as it was sent beside the one that is understood', () => {
    const read = readSent('escalation', { ...packet, own: 1 }, NO_ENVELOPE);
    expect(read).toMatchObject({
      kind: 'ok',
      value: { sent: { own: 1 }, packet: { extra: { own: 1 } }, idempotencyKey: null, event: null },
    });
  });

  it('takes the key from the request, from the packet, or from both where they agree', () => {
    const key = (inside: object, header: string | null) => readSent('escalation', { ...packet, ...inside }, NO_ENVELOPE, header);
    expect(key({}, 'k')).toMatchObject({ value: { idempotencyKey: 'k' } });
    expect(key({ idempotency_key: 'k' }, null)).toMatchObject({ value: { idempotencyKey: 'k' } });
    expect(key({ idempotency_key: 'k' }, 'k')).toMatchObject({ kind: 'ok' });
    expect(key({ idempotency_key: 'k' }, 'l')).toMatchObject({ kind: 'faults', faults: [{ path: 'idempotency_key' }] });
    expect(key({}, 'k'.repeat(257))).toMatchObject({ kind: 'faults', faults: [{ code: 'too_long' }] });
  });
});

describe('taskIdOf', () => {
  it('is what a refused value names, where that can be a key', () => {
    expect(taskIdOf({ task_id: 't' })).toBe('t');
    for (const sent of [null, [], { task_id: 1 }, { task_id: '' }, { task_id: 'x'.repeat(257) }]) expect(taskIdOf(sent)).toBeNull();
  });
});
