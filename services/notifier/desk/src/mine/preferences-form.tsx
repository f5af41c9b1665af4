import { Button, Checkbox, Group, Switch, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { usePrefer, type MyChannels, type Preferences } from '../api/use-mine.js';
import { Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { channelWords } from './channel-words.js';

/** What one prefers within what the policy allows; critical handoffs come whatever the hour. */
export function PreferencesForm({ mine }: { readonly mine: MyChannels }): ReactNode {
  const [wanted, setWanted] = useState<Preferences>(mine.preferences);
  const prefer = usePrefer();
  const quiet = wanted.quiet_hours;
  const setQuiet = (changes: Partial<NonNullable<Preferences['quiet_hours']>>) =>
    setWanted({ ...wanted, quiet_hours: { ...(quiet ?? usualHours()), ...changes } });
  return (
    <Section title="Preferences" note="Within what the policy allows">
      <Checkbox.Group
        label="Do not ask me by"
        description="One channel is always left."
        value={[...wanted.muted]}
        onChange={(muted) => setWanted({ ...wanted, muted })}
      >
        <Group mt={6}>
          {mine.channels.map(({ channel }) => (
            <Checkbox key={channel} value={channel} label={channelWords(channel)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Switch
        label="Quiet hours"
        description="Handoffs that are not critical wait until they are over."
        checked={quiet !== null}
        onChange={({ currentTarget }) => setWanted({ ...wanted, quiet_hours: currentTarget.checked ? usualHours() : null })}
      />
      {quiet && (
        <Group align="end">
          <TextInput
            label="From"
            type="time"
            value={quiet.from}
            onChange={({ currentTarget }) => setQuiet({ from: currentTarget.value })}
          />
          <TextInput
            label="Until"
            type="time"
            value={quiet.until}
            onChange={({ currentTarget }) => setQuiet({ until: currentTarget.value })}
          />
          <TextInput label="Time zone" value={quiet.zone} onChange={({ currentTarget }) => setQuiet({ zone: currentTarget.value })} />
        </Group>
      )}
      <Failure error={prefer.error} title="Not saved" />
      <Group>
        <Button loading={prefer.isPending} onClick={() => prefer.mutate(wanted)}>
          Save
        </Button>
        {prefer.isSuccess && <span role="status">Saved.</span>}
      </Group>
    </Section>
  );
}

const usualHours = () => ({ from: '22:00', until: '07:00', zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
