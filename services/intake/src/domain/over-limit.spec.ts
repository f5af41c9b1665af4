import { describe, expect, it } from '@jest/globals';
import { AUDIT_AGENT, UNKNOWN_AGENT } from '@handoff/contracts';
import { isLimited, overLimit } from './over-limit.js';

const limits = { perMinute: 60, open: 5 };

describe('a packet over its agent’s limit', () => {
  it('is to come back when the rate has room for it, the later ones later', () => {
    const seconds = [1, 2, 30].map((place) => overLimit({ place, tokens: 0.5, isFull: false, pause: null }, limits).retryAfter);
    expect(seconds).toEqual([1, 2, 30]);
  });

  it('never comes back at once', () => {
    expect(overLimit({ place: 1, tokens: 0.99, isFull: false, pause: null }, { ...limits, perMinute: 60_000 }).retryAfter).toBe(1);
  });

  it('is to come back once a pause is over, whatever else it is over', () => {
    const pause = { seconds: 90.2, reason: 'It loops.' };
    expect(overLimit({ place: 1, tokens: 0, isFull: true, pause }, limits)).toMatchObject({
      retryAfter: 91,
      fault: { code: 'agent_paused', message: expect.stringContaining('It loops.') },
    });
  });

  it('says which limit it is', () => {
    expect(overLimit({ place: 1, tokens: 0, isFull: false, pause: null }, limits).fault).toMatchObject({ code: 'rate_limited', path: '' });
    expect(overLimit({ place: 1, tokens: 0, isFull: true, pause: null }, limits)).toMatchObject({
      retryAfter: 60,
      fault: { code: 'too_many_open' },
    });
  });
});

it('limits everybody but the audit of what was not escalated', () => {
  expect([isLimited(AUDIT_AGENT), isLimited(UNKNOWN_AGENT)]).toEqual([false, true]);
});
