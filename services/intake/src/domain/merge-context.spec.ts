import { describe, expect, it } from '@jest/globals';
import { mergeContext } from './merge-context.js';

const sent = {
  task_id: 't',
  original_request: 'r',
  steps_completed: ['one'],
  current_state: 'before',
  reason_for_escalation: '',
  recommended_action: '',
  urgency: 'low',
  data_links: [],
  agent: 'a',
  expires_at: '2026-01-01T00:00:00Z',
};

describe('mergeContext', () => {
  it('replaces whole fields, and reads the result like a new packet', () => {
    const merged = mergeContext(sent, { current_state: 'after', steps_completed: ['one', 'two'], expires_at: null });
    expect(merged).toMatchObject({
      kind: 'ok',
      value: { sent: { ...sent, current_state: 'after', steps_completed: ['one', 'two'], expires_at: null } },
    });
    expect(merged).toMatchObject({
      value: { packet: { current_state: { text: 'after' }, steps_completed: [{ action: 'one' }, { action: 'two' }] } },
    });
    expect(merged.kind === 'ok' && merged.value.packet.expires_at).toBeUndefined();
  });

  it('names every fault by its place in the context', () => {
    const merged = mergeContext(sent, { urgency: 'now', task_id: 'other', agent: 'b' });
    const paths = merged.kind === 'faults' ? merged.faults.map((it) => it.path) : [];
    expect(paths.toSorted()).toEqual(['context.agent', 'context.task_id', 'context.urgency']);
  });

  it('takes a fixed field that stays as it is, and refuses to change nothing at all', () => {
    expect(mergeContext(sent, { task_id: 't', urgency: 'high' }).kind).toBe('ok');
    expect(mergeContext(sent, {})).toMatchObject({ faults: [{ code: 'empty' }] });
  });

  it('refuses a packet that would grow beyond what a packet may have', () => {
    const big = { original_request: 'x'.repeat(60_000), current_state: 'x'.repeat(190_000), reason_for_escalation: 'x'.repeat(60_000) };
    expect(mergeContext(sent, big)).toMatchObject({ faults: [{ path: 'context', code: 'too_large' }] });
  });
});
