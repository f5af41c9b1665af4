import type { PersonId, TeamId } from '@handoff/contracts';
import type { Policy } from '../policy.js';

export type IsMeant = (person: PersonId) => boolean;

/** Who is on duty at one instant. */
export interface Duty {
  /** In the order of the policy; empty where there is a gap. */
  of(team: TeamId): readonly PersonId[];
  /** Whether a calendar has working time then; always, where it is not known. */
  isWorking(calendar: string): boolean;
  /** When one of these next comes on duty; null where none does, as far as is known. */
  next(team: TeamId, isMeant: IsMeant): Date | null;
}

/** Without schedules, all of a team are always on duty. A team that a newer policy does not name any more is known from an older one. */
export function everybodyOnDuty(policies: readonly Policy[]): Duty {
  const teams = policies.flatMap((policy) => policy.teams);
  return { of: (team) => teams.find(({ id }) => id === team)?.members ?? [], isWorking: () => true, next: () => null };
}
