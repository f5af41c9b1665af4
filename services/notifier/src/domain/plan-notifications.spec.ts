import { describe, expect, it } from '@jest/globals';
import { anAcceptedHandoff, aRouting } from '@handoff/testing';
import { FALLBACK, planNotifications } from './plan-notifications.js';

const routed = aRouting(anAcceptedHandoff(), {
  routed_at: '2026-01-01T00:00:00.000Z',
  ladder: [
    { channel: 'webhook', after_seconds: 0 },
    { channel: 'email', after_seconds: 90 },
  ],
});

describe('the copies of an asking', () => {
  it('are one for everybody on every rung, each at its time', () => {
    expect(planNotifications(routed).map(({ recipient, channel, dueAt }) => `${recipient} ${channel} ${dueAt.slice(11, 19)}`)).toEqual([
      'ana webhook 00:00:00',
      'ben webhook 00:00:00',
      'ana email 00:01:30',
      'ben email 00:01:30',
    ]);
  });

  it('are none for a duplicate, and none for an end', () => {
    expect(planNotifications({ ...routed, page: false })).toEqual([]);
    expect(planNotifications({ ...routed, event: 'end', end: { type: 'withdrawn', reason: '' } })).toEqual([]);
  });

  it('go to the fallback as well where nobody is on duty', () => {
    expect(planNotifications({ ...routed, unattended: true }).filter(({ recipient }) => recipient === FALLBACK)).toHaveLength(1);
  });
});
