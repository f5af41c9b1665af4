import type { PersonId, TeamId } from '@handoff/contracts';
import { servedBy } from '../domain/duty/may-have.js';
import type { Override, Schedule, Shift } from '../domain/duty/schedule.js';
import { shiftsIn } from '../domain/duty/shifts.js';
import type { Policy } from '../domain/policy.js';

interface ShiftView {
  readonly person: PersonId;
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
  /** The layer or the override that says so. */
  readonly layer?: string;
  readonly override_id?: string;
}

export interface ScheduleView {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly teams: readonly TeamId[];
  readonly shifts: readonly ShiftView[];
  readonly gaps: readonly { readonly from: Date; readonly until: Date }[];
}

export function scheduleView(policy: Policy, schedule: Schedule, overrides: readonly Override[], from: Date, until: Date): ScheduleView {
  const shifts = shiftsIn(schedule, overrides, from, until);
  return {
    ...{ id: schedule.id, name: schedule.name, time_zone: schedule.timeZone },
    teams: servedBy(policy.teams, schedule.id).map(({ id }) => id),
    shifts: shifts.flatMap((shift) => shiftView(policy, shift, overrides)),
    gaps: shifts.filter(({ person }) => person === null).map((gap) => ({ from: gap.from, until: gap.until })),
  };
}

function shiftView({ people }: Policy, { person, from, until, because }: Shift, overrides: readonly Override[]): readonly ShiftView[] {
  if (person === null || because === null) return [];
  const name = people.find(({ id }) => id === person)?.name ?? person;
  const override = overrides.find(({ id }) => id === because);
  // an override is told as it was made, whatever was asked for: whoever changes it begins with its own ends
  return [
    override
      ? { person, name, from: override.from, until: override.until, override_id: override.id }
      : { person, name, from, until, layer: because },
  ];
}
