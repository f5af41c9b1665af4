import type { Control } from '@handoff/contracts';
import { NativeSelect, TextInput } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useDirectory, useQueue } from '../api/use-desk.js';
import { channelWords } from '../mine/channel-words.js';
import { CONTROL_WORDS, PAUSABLE_CHANNELS } from './pause-words.js';

interface PausedNameProps {
  readonly control: Control;
  readonly name: string;
  readonly error: ReactNode;
  readonly onName: (name: string) => void;
}

const CHANNELS = PAUSABLE_CHANNELS.map((value) => ({ value, label: channelWords(value) }));

/** Which one: a team or a channel from those that there are, an agent by its id. */
export function PausedName({ control, name, error, onName }: PausedNameProps): ReactNode {
  const teams = useDirectory().data?.teams ?? [];
  if (control === 'agent') return <AgentName name={name} error={error} onName={onName} />;
  return (
    <NativeSelect
      label={CONTROL_WORDS[control].label}
      value={name}
      error={error}
      data={[
        { value: '', label: 'Choose' },
        ...(control === 'team' ? teams.map(({ id, name: label }) => ({ value: id, label })) : CHANNELS),
      ]}
      onChange={({ currentTarget }) => onName(currentTarget.value)}
    />
  );
}

/** Those who have something open are offered; one that has not can be paused too. */
function AgentName({ name, error, onName }: Omit<PausedNameProps, 'control'>): ReactNode {
  const known = useId();
  const agents = new Set(useQueue('open').data?.items.map(({ agent_id }) => agent_id));
  return (
    <>
      <TextInput
        label="Agent"
        placeholder="Its id"
        list={known}
        autoComplete="off"
        value={name}
        error={error}
        onChange={({ currentTarget }) => onName(currentTarget.value)}
      />
      <datalist id={known}>
        {[...agents].map((agent) => (
          <option key={agent} value={agent} />
        ))}
      </datalist>
    </>
  );
}
