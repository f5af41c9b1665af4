import { describe, expect, it } from '@jest/globals';
import { NO_ENVELOPE } from '@handoff/contracts';
import { readSent } from './read-sent.js';

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
