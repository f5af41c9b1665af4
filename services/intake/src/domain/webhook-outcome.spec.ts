import { days } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { webhookOutcome } from './webhook-outcome.js';

const BUSY = { kind: 'refused', status: 503, retryAfter: 7 } as const;

describe('what becomes of a receiver', () => {
  it.each([
    ['that took the event', { kind: 'delivered', reference: null }, { state: 'on', error: null, retryIn: 0 }],
    ['that says when it wants to be asked again', BUSY, { state: 'on', retryIn: 7 }],
    ['that wants no more', { kind: 'gone' }, { state: 'off' }],
    ['at an address that must not be reached', { kind: 'forbidden', reason: 'It is private.' }, { state: 'off', error: 'It is private.' }],
  ] as const)('%s', (_, result, outcome) => {
    expect(webhookOutcome(result, 1, null)).toMatchObject(outcome);
  });

  it('is asked again for three days, and then not any more', () => {
    const failed = { kind: 'failed', reason: 'Nobody answers.' } as const;
    expect(webhookOutcome(failed, 9, days(2))).toMatchObject({ state: 'on', error: 'Nobody answers.' });
    expect(webhookOutcome(failed, 900, days(3))).toMatchObject({ state: 'off' });
  });
});
