import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './attempt-outcome.js';

const HOUR = 3600;
const failed = { kind: 'failed', reason: 'The receiver answered 500.' } as const;

describe('a copy that did not get through', () => {
  it('is tried again until its level ends, and the next channel comes meanwhile', () => {
    expect(outcomeOf(failed, 1, HOUR)).toMatchObject({ state: 'due', climbs: false });
    expect(outcomeOf(failed, 4, HOUR)).toMatchObject({ state: 'due', climbs: true });
    expect(outcomeOf(failed, 300, HOUR)).toMatchObject({ state: 'due', climbs: true });
    expect(outcomeOf(failed, 12, -1)).toMatchObject({ state: 'failed', error: failed.reason });
  });

  it('is tried a dozen times where its level has passed on', () => {
    expect(outcomeOf(failed, 11, null).state).toBe('due');
    expect(outcomeOf(failed, 12, null).state).toBe('failed');
  });

  it('waits as long as the provider says', () => {
    expect(outcomeOf({ ...failed, retryIn: 30 }, 1, HOUR)).toMatchObject({ state: 'due', retryIn: 30 });
  });

  it('is not tried again where the provider refuses it', () => {
    for (const kind of ['refused', 'gone'] as const)
      expect(outcomeOf({ kind, reason: 'No.' }, 1, HOUR)).toMatchObject({ state: 'failed', error: 'No.', climbs: true });
  });
});

it('is no attempt where a copy has to wait for its turn', () => {
  expect(outcomeOf({ kind: 'later', seconds: 10 }, 1, HOUR)).toMatchObject({ state: 'due', attempts: 0, retryIn: 10 });
  const held = { kind: 'held', reason: 'Paused: it loses messages.', seconds: 10 } as const;
  expect(outcomeOf(held, 1, HOUR)).toEqual({ state: 'due', attempts: 1, error: held.reason, retryIn: 10, climbs: true });
});
