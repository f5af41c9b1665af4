import type { PersonId, TeamId } from '@handoff/contracts';
import type { Policy } from '../policy.js';
import { Course } from './course.js';
import type { Duty, IsMeant } from './duty.js';
import { standing } from './may-have.js';
import type { Override, Schedule } from './schedule.js';
import { isWorking } from './working-time.js';

/**
 * Who is on duty at an instant, by schedules and overrides.
 * @param policies the newest first; a team that it does not name any more is known from an older one
 */
export const dutyAt = (policies: readonly Policy[], overrides: readonly Override[], instant: Date): Duty =>
  new ScheduledDuty(policies, overrides, instant);

interface Roster {
  readonly members: readonly PersonId[];
  /** Null: without schedules, all members are always on duty. */
  readonly courses: readonly Course[] | null;
}

class ScheduledDuty implements Duty {
  private readonly rosters = new Map<TeamId, Roster>();
  private readonly courses = new Map<Schedule, Course>();

  constructor(
    private readonly policies: readonly Policy[],
    private readonly overrides: readonly Override[],
    private readonly instant: Date,
  ) {}

  of(team: TeamId): readonly PersonId[] {
    const { members, courses } = this.rosterOf(team);
    if (courses === null) return members;
    const people = courses.flatMap((course) => course.pieces().next().value?.person ?? []);
    return [...new Set(people)].filter((person) => members.includes(person));
  }

  isWorking(id: string): boolean {
    const calendar = this.policies.flatMap(({ calendars = [] }) => calendars).find((it) => it.id === id);
    return calendar === undefined || isWorking(calendar, this.instant);
  }

  next(team: TeamId, isMeant: IsMeant): Date | null {
    const { members, courses } = this.rosterOf(team);
    const comes = (courses ?? []).flatMap((course) => firstComing(course, (person) => members.includes(person) && isMeant(person)) ?? []);
    return comes.length > 0 ? new Date(Math.min(...comes)) : null;
  }

  private rosterOf(id: TeamId): Roster {
    const roster = this.rosters.get(id) ?? this.findRoster(id);
    this.rosters.set(id, roster);
    return roster;
  }

  private findRoster(id: TeamId): Roster {
    for (const policy of this.policies) {
      const team = policy.teams.find((it) => it.id === id);
      if (!team) continue;
      const { schedules: names, members } = team;
      const schedules = (names ?? []).flatMap((name) => policy.schedules?.find((it) => it.id === name) ?? []);
      return { members, courses: names === undefined ? null : schedules.map((it) => this.courseOf(policy, it)) };
    }
    return { members: [], courses: null };
  }

  private courseOf(policy: Policy, schedule: Schedule): Course {
    const course = this.courses.get(schedule) ?? new Course(schedule, standing(policy, this.overrides), this.instant.getTime());
    this.courses.set(schedule, course);
    return course;
  }
}

/** The piece of now is passed over. */
function firstComing(course: Course, isWanted: IsMeant): number | null {
  let begins: number | null = null;
  for (const { person, until } of course.pieces()) {
    if (begins !== null && person !== null && isWanted(person)) return begins;
    begins = until;
  }
  return null;
}
