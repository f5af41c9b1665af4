import type { Milliseconds, PersonId, TeamId } from '@handoff/contracts';
import type { Policy, Team } from '../policy.js';
import type { Duty, IsMeant } from './duty.js';
import type { Override, Schedule } from './schedule.js';
import { pieceAt } from './shifts.js';
import { isWorking } from './working-time.js';

/** How far ahead the next one on duty is looked for. */
const LOOKS_AHEAD: Milliseconds = 90 * 86_400_000;

/**
 * Who is on duty at an instant, by schedules and overrides.
 * @param policies the newest first; a team that it does not name any more is known from an older one
 */
export function dutyAt(policies: readonly Policy[], overrides: readonly Override[], instant: Date): Duty {
  const known = new Map<TeamId, readonly PersonId[]>();
  const of = (team: TeamId): readonly PersonId[] => {
    const found = known.get(team) ?? onDuty(policies, overrides, team, instant.getTime());
    known.set(team, found);
    return found;
  };
  return {
    of,
    isWorking: (id) => {
      const calendar = policies.flatMap(({ calendars = [] }) => calendars).find((it) => it.id === id);
      return calendar === undefined || isWorking(calendar, instant);
    },
    next: (team, isMeant) => nextOnDuty(policies, overrides, team, instant, isMeant),
  };
}

/** When somebody next comes on duty in a team; null where nobody does, as of a team whose members always are. */
export function nextOnDuty(
  policies: readonly Policy[],
  overrides: readonly Override[],
  team: TeamId,
  after: Date,
  isMeant: IsMeant = () => true,
): Date | null {
  const found = rosterOf(policies, team);
  const comes = found.schedules.map((schedule) => {
    const isWanted = (person: PersonId | null): boolean => person !== null && found.members.includes(person) && isMeant(person);
    return nextPiece(schedule, overrides, after.getTime(), isWanted);
  });
  const first = Math.min(...comes);
  return Number.isFinite(first) ? new Date(first) : null;
}

function nextPiece(
  schedule: Schedule,
  overrides: readonly Override[],
  after: Milliseconds,
  isWanted: (person: PersonId | null) => boolean,
): Milliseconds {
  let { until: at } = pieceAt(schedule, overrides, after);
  while (at < after + LOOKS_AHEAD) {
    const piece = pieceAt(schedule, overrides, at);
    if (isWanted(piece.person)) return at;
    at = piece.until;
  }
  return Infinity;
}

function onDuty(policies: readonly Policy[], overrides: readonly Override[], id: TeamId, at: Milliseconds): readonly PersonId[] {
  const { isAlways, members, schedules } = rosterOf(policies, id);
  if (isAlways) return members;
  const people = schedules.flatMap((schedule) => pieceAt(schedule, overrides, at).person ?? []);
  return [...new Set(people)].filter((person) => members.includes(person));
}

interface Roster {
  /** Without schedules, all members are always on duty. */
  readonly isAlways: boolean;
  readonly members: readonly PersonId[];
  readonly schedules: readonly Schedule[];
}

function rosterOf(policies: readonly Policy[], id: TeamId): Roster {
  for (const { teams, schedules = [] } of policies) {
    const team: Team | undefined = teams.find((it) => it.id === id);
    if (!team) continue;
    const named = (team.schedules ?? []).flatMap((name) => schedules.filter((it) => it.id === name));
    return { isAlways: team.schedules === undefined, members: team.members, schedules: named };
  }
  return { isAlways: true, members: [], schedules: [] };
}
