import type { PersonId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { aBreach, anAccepted, aPolicy, eventsOf } from './builders.for-spec.js';
import { Board } from './board.js';
import { dutyAt } from './duty/duty-at.js';
import type { Override } from './duty/schedule.js';
import { Agents } from './give/agents.js';
import { Load } from './load.js';
import type { Policy } from './policy.js';

const NIGHT = '2026-03-06T22:00:00.000Z'; // a Friday
const hours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' }];
const aRota = (id: string, people: readonly string[], layer: object = {}) => ({
  ...{ id, name: id, time_zone: 'UTC' },
  layers: [{ id: 'rota', people, starts: '2026-01-05T09:00', turn: '1d', ...layer }],
});
const scheduled = (over: object = {}): Policy =>
  aPolicy(['support', 'leads'], {
    teams: [
      { id: 'support', name: 'Support', members: ['ana', 'ben'], schedules: ['primary'] },
      { id: 'leads', name: 'Leads', members: ['chloe'], schedules: ['backup'] },
    ],
    calendars: [{ id: 'office', time_zone: 'UTC', hours }],
    schedules: [aRota('primary', ['ana', 'ben'], { hours }), aRota('backup', ['chloe'], { hours: [{ ...hours[0], from: '12:00' }] })],
    sla: { calendar: 'office' },
    ...over,
  });

function boardAt(policy: Policy, now: string, before: Board | null = null, overrides: readonly Override[] = []): Board {
  return new Board({
    ...{ assignments: before?.changes() ?? [], held: [], current: { version: 1, policy }, policyOf: () => policy, policies: [policy] },
    duty: dutyAt([policy], overrides, new Date(now)),
    ...{ load: new Load(), now: new Date(now), paused: new Set<string>(), rejectionsStand: 0, agents: new Agents() },
    agentsTime: { offer: 60, lease: 600 },
  });
}

function routedAt(policy: Policy, now: string, urgency = 'high', overrides: readonly Override[] = []) {
  const board = boardAt(policy, now, null, overrides);
  accept(board, anAccepted('one', { urgency }, { accepted_at: now }));
  return { board, routed: eventsOf(board)[0] };
}

describe('a routing by schedules', () => {
  it('asks whoever has the shift, from the instant of the hand-over on', () => {
    expect(
      routedAt(scheduled({ schedules: [aRota('primary', ['ana', 'ben']), aRota('backup', ['chloe'])] }), '2026-03-06T08:59:59.999Z').routed,
    ).toMatchObject({ asked: ['ben'] });
    expect(
      routedAt(scheduled({ schedules: [aRota('primary', ['ana', 'ben']), aRota('backup', ['chloe'])] }), '2026-03-06T09:00:00.000Z').routed,
    ).toMatchObject({ asked: ['ana'] });
  });

  it('skips a level that has a gap, and says so', () => {
    const policy = scheduled({ schedules: [aRota('primary', ['ana'], { hours }), aRota('backup', ['chloe'])] });
    expect(routedAt(policy, NIGHT).routed).toMatchObject({
      ...{ team: 'leads', asked: ['chloe'], skipped: ['Level of support'] },
      why: 'Rule "default" asks leads first; nobody is on duty at Level of support.',
    });
  });

  it('asks whom an override names, in the same instant', () => {
    const until = new Date('2026-03-07T00:00Z');
    const over = { id: 'o', schedule: 'primary', person: 'ben' as PersonId, from: new Date(NIGHT), until };
    expect(routedAt(scheduled(), NIGHT, 'high', [over]).routed).toMatchObject({ asked: ['ben'], skipped: [] });
  });

  it.each([
    ['who is nobody’s member any more', 'chloe'],
    ['who is not there any more', 'zoe'],
  ])('asks by the layers again where an override names somebody %s', (_who, person) => {
    const until = new Date('2026-03-07T00:00Z');
    const over = { id: 'o', schedule: 'primary', person: person as PersonId, from: new Date('2026-03-05T00:00Z'), until };
    expect(routedAt(scheduled(), '2026-03-06T10:00:00.000Z', 'high', [over]).routed).toMatchObject({ asked: ['ana'], skipped: [] });
  });

  it('does not wait out an empty night: whoever comes on duty is asked', () => {
    const policy = scheduled({ sla: { critical: '90h' } });
    const { board, routed } = routedAt(policy, NIGHT);
    expect(routed).toMatchObject({ asked: [], unattended: true, decide_by: '2026-03-09T09:00:00.000Z' });
    expect(routed?.why).toContain('somebody comes on duty at 2026-03-09T09:00:00.000Z');
    const morning = boardAt(policy, '2026-03-09T09:00:00.000Z', board);
    applyClock(morning, aBreach('one', 2));
    expect(eventsOf(morning)[0]).toMatchObject({ asked: ['ben'], unattended: false, cycle: 2 });
  });

  it('lets whoever comes on duty decide before the policy ends it, and answer where earlier levels may not', () => {
    const rules = [
      {
        ...{ id: 'default', match: {}, at_end: 'reject', earlier_may_answer: false },
        levels: ['support', 'leads'].map((team) => ({ name: team, target: { team } })),
      },
    ];
    const policy = scheduled({ rules, sla: { critical: '90h' } });
    const morning = boardAt(policy, '2026-03-09T09:00:00.000Z', routedAt(policy, NIGHT).board);
    applyClock(morning, aBreach('one', 2));
    expect(eventsOf(morning)).toMatchObject([{ event: 'asked', asked: ['ben'], given_to: ['ben'] }]);
  });

  it('runs windows, the SLA and warnings of a normal one in working time', () => {
    const policy = scheduled({ schedules: [aRota('primary', ['ana']), aRota('backup', ['chloe'])] });
    expect(routedAt(policy, NIGHT, 'low').routed).toMatchObject({
      ...{ ack_by: '2026-03-09T10:00:00.000Z', decide_by: '2026-03-09T13:00:00.000Z', sla: { due_at: '2026-03-09T13:00:00.000Z' } },
      warnings: [
        { share: 0.5, at: '2026-03-09T11:00:00.000Z' },
        { share: 0.8, at: '2026-03-09T12:12:00.000Z' },
      ],
    });
  });

  it('runs those of a critical one around the clock', () => {
    const policy = scheduled({ schedules: [aRota('primary', ['ana']), aRota('backup', ['chloe'])] });
    const { routed } = routedAt(policy, NIGHT);
    expect(routed).toMatchObject({ decide_by: '2026-03-06T22:15:00.000Z', sla: { due_at: '2026-03-06T22:15:00.000Z' } });
    expect(routed?.warnings).toBeUndefined();
  });
});
