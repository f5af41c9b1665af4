import { describe, expect, it } from '@jest/globals';
import { anAcceptedHandoff, aRouting } from '@handoff/testing';
import { addressOn, consentTo, disabledBecause, NO_PREFERENCES, type Reach } from './reach.js';

const NIGHT = { from: '22:00', until: '07:00', zone: 'UTC' };
const ladder = [
  { channel: 'slack', after_seconds: 0 },
  { channel: 'email', after_seconds: 60 },
] as const;
const at3 = new Date('2026-01-15T03:00:00Z');
const normal = aRouting(anAcceptedHandoff({ packet: { urgency: 'low' } }), { ladder });
const critical = aRouting(anAcceptedHandoff({ packet: { urgency: 'high' } }), { ladder });
const ana = (over: Partial<Reach> = {}): Reach => ({
  addresses: [
    { channel: 'slack', address: 'U1ANA0000' },
    { channel: 'email', address: 'ana@example.test' },
  ],
  channels: [],
  preferences: NO_PREFERENCES,
  ...over,
});

describe('a person’s preferences', () => {
  it('mute a channel while another one of the ladder reaches her', () => {
    const preferences = { ...NO_PREFERENCES, muted: ['email'] } as const;
    expect(consentTo(ana({ preferences }), 'email', critical, at3)).toEqual({ kind: 'muted' });
    expect(consentTo(ana({ preferences }), 'slack', critical, at3)).toEqual({ kind: 'now' });
    const byMailAlone = ana({ preferences, addresses: [{ channel: 'email', address: 'ana@example.test' }] });
    expect(consentTo(byMailAlone, 'email', critical, at3)).toEqual({ kind: 'now' });
  });

  it('put off what is normal until quiet hours are over, and never what is critical', () => {
    const quiet = ana({ preferences: { muted: [], quiet_hours: NIGHT } });
    expect(consentTo(quiet, 'slack', normal, at3)).toEqual({ kind: 'later', seconds: 4 * 3600 });
    expect(consentTo(quiet, 'slack', critical, at3)).toEqual({ kind: 'now' });
  });

  it('yield to a rung that the policy makes mandatory', () => {
    const preferences = { muted: ['email'], quiet_hours: NIGHT } as const;
    const mandatory = { ...normal, ladder: [ladder[0], { ...ladder[1], mandatory: true }] };
    expect(consentTo(ana({ preferences }), 'email', mandatory, at3)).toEqual({ kind: 'now' });
  });
});

describe('where a person is', () => {
  const linked = { channel: 'slack', account: 'U9LINKED0', disabled_address: null, disabled_because: null } as const;

  it('is the directory’s address, else the account that she has linked', () => {
    expect(addressOn(ana({ channels: [linked] }), 'slack')).toBe('U1ANA0000');
    expect(addressOn(ana({ addresses: [], channels: [linked] }), 'slack')).toBe('U9LINKED0');
    expect(addressOn(ana({ addresses: [] }), 'slack')).toBeNull();
  });

  it('is not used once nobody is there, until it changes', () => {
    const gone = ana({ channels: [{ ...linked, disabled_address: 'U1ANA0000', disabled_because: 'It is gone.' }] });
    expect(disabledBecause(gone, 'slack', 'U1ANA0000')).toBe('It is gone.');
    expect(disabledBecause(gone, 'slack', 'U2ANA0000')).toBeNull();
  });
});
