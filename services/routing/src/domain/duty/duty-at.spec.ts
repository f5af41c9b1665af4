import { describe, expect, it } from '@jest/globals';
import type { PersonId, TeamId } from '@handoff/contracts';
import { aPolicy } from '../builders.for-spec.js';
import type { Policy } from '../policy.js';
import { dutyAt } from './duty-at.js';
import { instant } from './schedules.for-spec.js';

const [support, leads] = ['support', 'leads'] as unknown as readonly [TeamId, TeamId];
const hours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' }];
const aSchedule = (id: string, people: readonly string[], layer: object = {}) => ({
  ...{ id, name: id, time_zone: 'UTC' },
  layers: [{ id: 'rota', people, starts: '2026-01-05T09:00', turn: '1d', ...layer }],
});
const policyOf = (schedules: readonly object[], teams: readonly object[]): Policy => aPolicy(['support'], { schedules, teams });
const team = (members: readonly string[], schedules?: readonly string[]) => ({
  ...{ id: 'support', name: 'Support', members },
  ...(schedules ? { schedules } : {}),
});
const anybody = (): boolean => true;
const only =
  (id: string) =>
  (person: PersonId): boolean =>
    person === id;

describe('on duty in a team', () => {
  it('are those of its schedules who are its members, in their order and each once', () => {
    const schedules = [aSchedule('one', ['ben']), aSchedule('two', ['ana']), aSchedule('three', ['chloe']), aSchedule('four', ['ben'])];
    const other = { id: 'other', name: 'Other', members: ['chloe'], schedules: ['three'] };
    const policy = policyOf(schedules, [team(['ana', 'ben'], ['one', 'two', 'three', 'four']), other]);
    expect(dutyAt([policy], [], instant('2026-03-06T12:00Z')).of(support)).toEqual(['ben', 'ana']);
  });

  it('are all of its members where it has no schedules', () => {
    const duty = dutyAt([policyOf([], [team(['ana', 'ben'])])], [], instant('2026-03-07T03:00Z'));
    expect(duty.of(support)).toEqual(['ana', 'ben']);
    expect(duty.next(support, anybody)).toBeNull();
  });

  it('are those of an older policy where the newest one does not name the team', () => {
    const older = aPolicy(['leads']);
    const newest = policyOf([], [team(['ana'])]);
    expect(dutyAt([newest, older], [], instant('2026-03-07T03:00Z')).of(leads)).toEqual(['ben']);
    expect(dutyAt([newest], [], instant('2026-03-07T03:00Z')).of(leads)).toEqual([]);
  });
});

describe('next on duty in a team', () => {
  const policy = policyOf([aSchedule('one', ['ana', 'ben'], { hours })], [team(['ana', 'ben'], ['one'])]);

  it('is whoever comes first after now, over a weekend, of those who are meant', () => {
    const duty = dutyAt([policy], [], instant('2026-03-06T18:00Z'));
    expect(duty.of(support)).toEqual([]);
    expect(duty.next(support, anybody)).toEqual(instant('2026-03-09T09:00Z'));
    expect(duty.next(support, only('ana'))).toEqual(instant('2026-03-10T09:00Z'));
    expect(duty.next(support, only('zoe'))).toBeNull();
  });

  it('is found once, however many handoffs of a batch ask', () => {
    const never = policyOf([aSchedule('one', ['ana'], { hours, starts: '2030-01-05T09:00' })], [team(['ana'], ['one'])]);
    const duty = dutyAt([never], [], instant('2026-03-06T18:00Z'));
    const started = performance.now();
    for (let i = 0; i < 1000; i += 1) expect(duty.next(support, anybody)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
