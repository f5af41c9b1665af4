import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMakeCalendar, useMyCalendar, useRevokeCalendar } from '../api/use-mine.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { formatInstant } from '../time/format-instant.js';

/** My duty in my own calendar, by an address that is mine alone to make and to revoke. */
export function CalendarSection(): ReactNode {
  const calendar = useMyCalendar();
  const [make, revoke] = [useMakeCalendar(), useRevokeCalendar()];
  const madeAt = calendar.data?.made_at ?? null;
  return (
    <Section title="My duty in my calendar" note={madeAt && `Since ${formatInstant(madeAt)}`}>
      <p>
        Subscribe to this address in your calendar. Whoever knows it sees when you are on duty, and nothing else; revoke it where it got
        about.
      </p>
      <Failure error={calendar.error ?? make.error ?? revoke.error} />
      {calendar.data?.is_set_up === false && <Absent>There are no calendars in this installation.</Absent>}
      {make.data && madeAt && (
        <TextInput
          label="The address, shown this once"
          readOnly
          value={make.data.url}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      )}
      {calendar.data?.is_set_up && (
        <Group>
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>
            {madeAt ? 'Make a new address' : 'Make an address'}
          </Button>
          {madeAt && (
            <Button variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(undefined, { onSuccess: make.reset })}>
              Revoke it
            </Button>
          )}
        </Group>
      )}
    </Section>
  );
}
