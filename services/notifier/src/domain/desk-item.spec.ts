import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '@handoff/contracts';
import { anAcceptedHandoff, aRouting } from '@handoff/testing';
import { arriving, withAccepted, withClock, withRouted } from './desk-item.js';

const accepted = anAcceptedHandoff();
const routed = aRouting(accepted);
const none = arriving(accepted.handoff_id, accepted.tenant);
const at = (minutes: number): string => new Date(Date.parse(accepted.accepted_at) + minutes * 60_000).toISOString();
const open = withRouted(withAccepted(none, accepted, 'trace'), routed);

describe('a handoff on the desk', () => {
  it('is open once packet and routing are there, in either order', () => {
    expect(withAccepted(none, accepted, null).state).toBe('arriving');
    expect(withRouted(none, routed).state).toBe('arriving');
    expect(open.state).toBe('open');
    expect(withAccepted(withRouted(none, routed), accepted, 'trace')).toEqual(open);
  });

  it('is not changed by an older event, or by the same one again', () => {
    expect(withAccepted(open, accepted, 'other')).toBe(open);
    expect(withRouted(open, routed)).toBe(open);
  });

  it('is not changed once it has ended', () => {
    const ended = { ...open, state: 'ended' } as const;
    expect(withAccepted(ended, { ...accepted, sequence: 9 }, null)).toBe(ended);
    expect(withRouted(ended, { ...routed, sequence: 9 })).toBe(ended);
  });

  it('keeps the trace that it began with', () => {
    expect(withAccepted(open, { ...accepted, sequence: 2, packet_version: 2 }, 'later').traceparent).toBe('trace');
  });

  it('loses an acknowledgement with its level, and keeps it within the level', () => {
    const taken = { ...open, acknowledgedBy: 'ana' as PersonId };
    expect(withRouted(taken, { ...routed, sequence: 2 }).acknowledgedBy).toBe('ana');
    expect(withRouted(taken, { ...routed, sequence: 2, level: { number: 2, name: 'leads', of: 2 } }).acknowledgedBy).toBeNull();
    expect(withRouted(taken, { ...routed, sequence: 2, cycle: 2 }).acknowledgedBy).toBeNull();
  });

  it('has until later once its agent has answered, unless routing’s own word on that was read first', () => {
    const clock = { ...accepted, clock: 'info_by', level: 1, cycle: 1, fired_at: at(0), share: null, result: null, sequence: 1 } as const;
    const paused = withClock(open, { ...clock, event: 'paused', due_at: at(10) });
    const resumed = { ...clock, event: 'resumed', due_at: at(600) } as const;
    expect(paused.pausedUntil).toBe(at(10));
    expect(withClock(paused, resumed)).toMatchObject({ pausedUntil: null, routed: { decide_by: at(600) } });
    const told = withRouted(paused, { ...routed, sequence: 2, decide_by: at(9000) });
    expect(withClock(told, resumed)).toMatchObject({ pausedUntil: null, routed: { decide_by: at(9000) } });
  });

  it('is titled by the first line that says something', () => {
    const wordy = anAcceptedHandoff({ packet: { original_request: `\n  \n${'x'.repeat(500)}\nmore` } });
    expect(withAccepted(arriving(wordy.handoff_id, wordy.tenant), wordy, null).accepted?.title).toBe(`${'x'.repeat(160)}…`);
  });
});
