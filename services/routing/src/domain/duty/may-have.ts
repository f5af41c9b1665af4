import type { PersonId } from '@handoff/contracts';
import type { Policy, Team } from '../policy.js';
import type { Override } from './schedule.js';

/** The teams of which those are on duty who have this schedule. */
export const servedBy = <T extends Pick<Team, 'schedules'>>(teams: readonly T[], schedule: string): readonly T[] =>
  teams.filter(({ schedules = [] }) => schedules.includes(schedule));

/** Whoever is in a team that the schedule serves; where it serves none, anybody. */
export function mayHave({ people, teams }: Policy, schedule: string, person: PersonId): boolean {
  const served = servedBy(teams, schedule);
  return people.some(({ id }) => id === person) && (served.length === 0 || served.some(({ members }) => members.includes(person)));
}

/** One whose person a newer policy has dropped counts for nothing: its time is the layers' again, as somebody is better than nobody. */
export const standing = (policy: Policy, overrides: readonly Override[]): readonly Override[] =>
  overrides.filter(({ schedule, person }) => mayHave(policy, schedule, person));
