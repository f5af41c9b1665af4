import type { Control } from '@handoff/contracts';
import { Button, Group, NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { PauseRequest } from '../api/desk-types.js';
import { usePause } from '../api/use-pauses.js';
import { Section } from '../handoff/section.js';
import { faultAt, FormFailure } from '../shell/failure.js';
import { CONTROL_WORDS, PAUSE_LENGTHS } from './pause-words.js';
import { PausedName } from './paused-name.js';
import { ReasonField } from './reason-field.js';

const NOTHING: PauseRequest = { control: 'agent', name: '', reason: '', for_seconds: 3600 };

/** Pauses an agent, a team or a channel, for a while and for a reason. What is paused already gets the new time and reason. */
export function PauseForm(): ReactNode {
  const [asked, setAsked] = useState(NOTHING);
  const pause = usePause();
  return (
    <Section title="Pause something" note="It ends by itself">
      <Group align="start">
        <NativeSelect
          label="What"
          value={asked.control}
          error={faultAt(pause.error, 'control')}
          data={Object.entries(CONTROL_WORDS).map(([value, { label }]) => ({ value, label }))}
          onChange={({ currentTarget }) => setAsked({ ...asked, control: currentTarget.value as Control, name: '' })} // one of the values just above
        />
        <PausedName
          control={asked.control}
          name={asked.name}
          error={faultAt(pause.error, 'name')}
          onName={(name) => setAsked({ ...asked, name })}
        />
        <NativeSelect
          label="For"
          value={String(asked.for_seconds)}
          error={faultAt(pause.error, 'for_seconds')}
          data={PAUSE_LENGTHS}
          onChange={({ currentTarget }) => setAsked({ ...asked, for_seconds: Number(currentTarget.value) })}
        />
      </Group>
      <p>{CONTROL_WORDS[asked.control].effect}</p>
      <ReasonField label="Why" value={asked.reason} onReason={(reason) => setAsked({ ...asked, reason })} error={pause.error} />
      <FormFailure error={pause.error} />
      <Group>
        <Button loading={pause.isPending} onClick={() => pause.mutate(asked, { onSuccess: () => setAsked(NOTHING) })}>
          Pause it
        </Button>
        {pause.isSuccess && <span role="status">Paused.</span>}
      </Group>
    </Section>
  );
}
