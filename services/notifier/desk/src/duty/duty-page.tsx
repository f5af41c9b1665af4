import { Button, Group } from '@mantine/core';
import { use, useState, type ReactNode } from 'react';
import { useSchedules, type Schedule, type Shift } from '../api/use-duty.js';
import { Absent } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { MeContext } from '../shell/me-context.js';
import { Subpage } from '../shell/subpage.js';
import { formatDay, localZone } from '../time/format-instant.js';
import { weekAfter, weekBefore, weekOf, type Week } from '../time/week.js';
import { EndOverrideDialog } from './end-override-dialog.js';
import { mayOverride, type OverrideDraft } from './override-draft.js';
import { OverrideDialog } from './override-dialog.js';
import { ScheduleSection } from './schedule-section.js';

/** Who is on duty when, and who instead. */
export function DutyPage(): ReactNode {
  const me = use(MeContext);
  const [week, setWeek] = useState(() => weekOf(Date.now()));
  const [draft, setDraft] = useState<OverrideDraft | null>(null);
  const [ending, setEnding] = useState<{ readonly schedule: Schedule; readonly override: Shift } | null>(null);
  const { data: schedules, error, isPending } = useSchedules(week);
  return (
    <Subpage title="Duty">
      <WeekChoice week={week} onWeek={setWeek} />
      <p>
        Times are those of {localZone()}, your own.{' '}
        {me && mayOverride(me) && 'Draw over a schedule, press what is on it, or use its words, to put somebody else in.'}
      </p>
      <Failure error={error} title="This could not be loaded" />
      {isPending && <Absent>Loading…</Absent>}
      {schedules?.length === 0 && <Absent>The policy has no schedules: everybody of a team is on duty, always.</Absent>}
      {schedules?.map((schedule) => (
        <ScheduleSection
          key={schedule.id}
          {...{ schedule, week }}
          onDraft={setDraft}
          onEnd={(override) => setEnding({ schedule, override })}
        />
      ))}
      {draft && <OverrideDialog draft={draft} onClose={() => setDraft(null)} />}
      {ending && <EndOverrideDialog {...ending} onClose={() => setEnding(null)} />}
    </Subpage>
  );
}

function WeekChoice({ week, onWeek }: { readonly week: Week; readonly onWeek: (week: Week) => void }): ReactNode {
  return (
    <Group gap="xs">
      <Button variant="default" size="compact-md" onClick={() => onWeek(weekBefore(week))}>
        Week before
      </Button>
      <Button variant="default" size="compact-md" onClick={() => onWeek(weekOf(Date.now()))}>
        This week
      </Button>
      <Button variant="default" size="compact-md" onClick={() => onWeek(weekAfter(week))}>
        Week after
      </Button>
      <strong role="status">
        {formatDay(week.from)} to {formatDay(week.until - 1)}
      </strong>
    </Group>
  );
}
