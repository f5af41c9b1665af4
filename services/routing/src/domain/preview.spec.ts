import { describe, expect, it } from '@jest/globals';
import { minutes, type HandoffRouted } from '@handoff/contracts';
import * as fc from 'fast-check';
import { aPolicy, anAccepted } from './builders.for-spec.js';
import { everybodyOnDuty } from './duty/duty.js';
import { workedSeconds } from './duty/working-time.js';
import { calendarOf } from './level-windows.js';
import type { Policy } from './policy.js';
import { preview } from './preview.js';

const TEAMS = ['support', 'leads', 'managers', 'nobody'] as const;
const calendars = [
  { id: 'office', time_zone: 'Europe/Berlin', hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:30' }] },
];

const levels = fc.array(fc.record({ team: fc.constantFrom(...TEAMS), minutes: fc.integer({ min: 1, max: 600 }) }), {
  minLength: 1,
  maxLength: 8,
});
const plans = fc.record({
  levels,
  urgency: fc.constantFrom('high', 'medium'),
  sla: fc.constantFrom({}, { calendar: 'office' }),
  acceptedAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
});
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

function policyOf({ levels: planned, sla }: Plan): Policy {
  const asked = planned.map(({ team, minutes: within }, at) => ({
    ...{ name: `level ${at + 1}`, target: { team }, decide_within: `${within}m` },
  }));
  return aPolicy([], { calendars, sla, rules: [{ id: 'default', match: {}, levels: asked }] });
}

function tried(plan: Plan, until: Date | null = null): readonly HandoffRouted[] {
  const policy = policyOf(plan);
  const accepted = anAccepted('a', { urgency: plan.urgency }, { accepted_at: plan.acceptedAt.toISOString() });
  return preview({ version: 1, policy }, () => everybodyOnDuty([policy]), accepted, until);
}

describe('who would be asked when, if nobody ever answered', () => {
  it('is each level with people once, in order, before any is asked again', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const staffed = plan.levels.flatMap(({ team }, at) => (team === 'nobody' ? [] : [at + 1]));
        const first = tried(plan).filter(({ cycle }) => cycle === 1);
        expect(first.map(({ level }) => level.number)).toEqual(staffed.length > 0 ? staffed : [plan.levels.length]);
      }),
    );
  });

  it('reaches each level within the windows of those before it, together, by working time where the class has it', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const policy = policyOf(plan);
        for (const { level, cycle, routed_at, sla } of tried(plan)) {
          if (cycle > 1) break;
          const before = plan.levels.slice(0, level.number - 1).reduce((sum, it) => sum + minutes(it.minutes), 0);
          const calendar = calendarOf(policy, sla.class);
          expect(workedSeconds(calendar, plan.acceptedAt, new Date(routed_at))).toBeLessThanOrEqual(before);
        }
      }),
    );
  });

  it('up to an instant is what it would be without, as far as that', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 5000 }), (plan, after) => {
        const until = new Date(plan.acceptedAt.getTime() + after * 60_000);
        const [whole, cut] = [tried(plan), tried(plan, until)];
        expect(cut).toEqual(whole.slice(0, cut.length));
        expect(whole.slice(cut.length).every(({ routed_at }) => Date.parse(routed_at) >= until.getTime())).toBe(true);
      }),
    );
  });
});
