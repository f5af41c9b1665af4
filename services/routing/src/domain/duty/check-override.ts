import { days, fault, OPERATOR, toMilliseconds, type Fault } from '@handoff/contracts';
import type { Policy } from '../policy.js';
import { mayHave } from './may-have.js';
import type { Override, Schedule } from './schedule.js';
import { shiftsIn } from './shifts.js';

const LONGEST = toMilliseconds(days(366));

/** What is wrong with an override that somebody asks for. */
export function checkOverride({ schedule, person, from, until }: Omit<Override, 'id'>, policy: Policy, now: Date): readonly Fault[] {
  return [
    ...(!policy.people.some(({ id }) => id === person)
      ? [fault('person', 'not_allowed_value', `person is "${person}", who is not in the policy.`)]
      : mayHave(policy, schedule, person)
        ? []
        : [fault('person', 'not_allowed_value', `person is "${person}", who is in none of the teams that "${schedule}" serves.`)]),
    ...(until > from ? [] : [fault('until', 'out_of_range', 'until must be after from.')]),
    ...(until.getTime() - from.getTime() > LONGEST ? [fault('until', 'out_of_range', 'until is more than a year after from.')] : []),
    ...(until > now ? [] : [fault('until', 'out_of_range', 'until has passed; what was cannot be changed.')]),
  ];
}

/** Of one schedule, another that holds at the same time. */
export function overlapping({ schedule, from, until }: Omit<Override, 'id'>, overrides: readonly Override[]): Override | null {
  return overrides.find((it) => it.schedule === schedule && it.from < until && from < it.until) ?? null;
}

const MAY_CHANGE_ANY: readonly string[] = ['lead', 'admin', OPERATOR];

export const mayChangeAny = (roles: readonly string[]): boolean => roles.some((role) => MAY_CHANGE_ANY.includes(role));

/** Anybody may take a shift over, and give away what is her own. */
export function mayOverride(subject: string, asked: Omit<Override, 'id'>, schedule: Schedule, overrides: readonly Override[]): boolean {
  if (asked.person === subject) return true;
  return shiftsIn(schedule, overrides, asked.from, asked.until).every(({ person }) => person === subject);
}
