import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './attempt-outcome.js';

const now = new Date('2026-01-01T12:00:00Z');
const inAnHour = new Date('2026-01-01T13:00:00Z');
const failed = { kind: 'failed', reason: 'The receiver answered 500.' } as const;

describe('a copy that did not get through', () => {
  it('is tried again until its level ends, and the next channel comes meanwhile', () => {
    expect(outcomeOf(failed, 1, inAnHour, now)).toMatchObject({ state: 'due', climbs: false });
    expect(outcomeOf(failed, 4, inAnHour, now)).toMatchObject({ state: 'due', climbs: true });
    expect(outcomeOf(failed, 300, inAnHour, now)).toMatchObject({ state: 'due', climbs: true });
    expect(outcomeOf(failed, 12, new Date(now.getTime() - 1), now)).toMatchObject({ state: 'failed', error: failed.reason });
  });

  it('is tried a dozen times where its level has passed on', () => {
    expect(outcomeOf(failed, 11, null, now).state).toBe('due');
    expect(outcomeOf(failed, 12, null, now).state).toBe('failed');
  });

  it('waits as long as the provider says', () => {
    expect(outcomeOf({ ...failed, retryIn: 30 }, 1, inAnHour, now)).toMatchObject({ state: 'due', retryIn: 30 });
  });

  it('is not tried again where the provider refuses it', () => {
    for (const kind of ['refused', 'gone'] as const)
      expect(outcomeOf({ kind, reason: 'No.' }, 1, inAnHour, now)).toMatchObject({ state: 'failed', error: 'No.', climbs: true });
  });
});

it('is no attempt where a copy has to wait for its turn', () => {
  expect(outcomeOf({ kind: 'later', seconds: 10 }, 1, inAnHour, now)).toMatchObject({ state: 'due', attempts: 0, retryIn: 10 });
  const held = { kind: 'held', reason: 'Paused: it loses messages.', seconds: 10 } as const;
  expect(outcomeOf(held, 1, inAnHour, now)).toEqual({ state: 'due', attempts: 1, error: held.reason, retryIn: 10, climbs: true });
});
