import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, NO_ENVELOPE } from '@handoff/contracts';
import { newnessOf } from './newness-of.js';
import { readSent, type SentHandoff } from './read-sent.js';

const EIGHT = {
  task_id: 't-1',
  original_request: 'r',
  steps_completed: [],
  current_state: '',
  reason_for_escalation: '',
  recommended_action: '',
  urgency: 'low',
  data_links: [],
};

function read(over: Readonly<Record<string, string>> = {}, event: { id: string; source: string } | null = null): SentHandoff {
  const result = readSent('escalation', { ...EIGHT, ...over }, { ...NO_ENVELOPE, ...event });
  if (result.kind === 'faults') throw new Error(JSON.stringify(result.faults));
  return result.value;
}

const agent = { tenant: DEFAULT_TENANT, by: 'a' };
const event = { id: '1', source: 's' };

describe('newnessOf', () => {
  it('goes by the idempotency key, then by the event, then by the content', () => {
    expect(newnessOf(agent, read({ idempotency_key: 'k' }, event)).rule).toBe('idempotency_key');
    expect(newnessOf(agent, read({}, event)).rule).toBe('event');
    expect(newnessOf(agent, read()).rule).toBe('content');
  });

  it('takes another packet under one key for the same, and the same packet under two keys for two', () => {
    const key = (over: Record<string, string>) => newnessOf(agent, read(over)).key;
    expect(key({ idempotency_key: 'k', urgency: 'high' })).toBe(key({ idempotency_key: 'k' }));
    expect(key({ idempotency_key: 'k' })).not.toBe(key({ idempotency_key: 'l' }));
    expect(key({ urgency: 'high' })).not.toBe(key({}));
  });

  it('is scoped by tenant and agent, and no rule’s key is another rule’s', () => {
    const other = { ...agent, by: 'b' };
    expect(newnessOf(other, read()).key).not.toBe(newnessOf(agent, read()).key);
    expect(newnessOf(agent, read({ idempotency_key: 's' })).key).not.toBe(newnessOf(agent, read({}, { id: '', source: 's' })).key);
  });

  it('needs both of the event’s parts', () => {
    expect(newnessOf(agent, { ...read(), event: null }).rule).toBe('content');
    const half = readSent('escalation', EIGHT, { ...NO_ENVELOPE, id: '1' });
    expect(half.kind === 'ok' && newnessOf(agent, half.value).rule).toBe('content');
  });
});
