import { NativeSelect, TextInput } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useAgents, type KnownAgent } from '../api/use-delegations.js';
import classes from './delegate.module.css';
import type { TargetKind } from './draft.js';
import { Fault } from './fault.js';
import type { FieldProps } from './field-props.js';

const KINDS: { readonly value: TargetKind; readonly label: string }[] = [
  { value: 'capability', label: 'Any agent that can do it' },
  { value: 'agent_id', label: 'One agent, by its name' },
  { value: 'nobody', label: 'A person looks for somebody' },
];
const LABELS: Readonly<Record<Exclude<TargetKind, 'nobody'>, string>> = { capability: 'What it has to be able to do', agent_id: 'Agent' };

/** Known agents and what they can do are offered; others can be named too. */
export function TargetFields({ shown: { target }, faults, onChange }: FieldProps): ReactNode {
  const known = useId();
  const agents = useAgents().data ?? [];
  return (
    <div className={classes.beside}>
      <NativeSelect
        label="Given to"
        value={target.kind}
        data={KINDS}
        onChange={({ currentTarget }) => onChange({ target: { kind: currentTarget.value as TargetKind, name: '' } })} // one of the values just above
      />
      {target.kind !== 'nobody' && (
        <>
          <TextInput
            label={LABELS[target.kind]}
            list={known}
            autoComplete="off"
            maxLength={256}
            value={target.name}
            description={standing(target.name, target.kind, agents)}
            error={Fault({ faults, path: `agent_target.${target.kind}` }) ?? Fault({ faults, path: 'agent_target' })}
            onChange={({ currentTarget }) => onChange({ target: { ...target, name: currentTarget.value } })}
          />
          <datalist id={known}>
            {namesFor(target.kind, agents).map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </div>
  );
}

const namesFor = (kind: TargetKind, agents: readonly KnownAgent[]): readonly string[] =>
  kind === 'agent_id' ? agents.map((it) => it.agent_id) : [...new Set(agents.flatMap((it) => it.capabilities))];

/** Whether somebody is there for it now. Nothing is refused for it: agents come and go. */
function standing(name: string, kind: TargetKind, agents: readonly KnownAgent[]): string {
  if (name === '') return 'Left empty, a person looks for somebody.';
  const able = agents.filter((it) => (kind === 'agent_id' ? it.agent_id === name : it.capabilities.includes(name)));
  const alive = able.filter((it) => it.alive).length;
  if (kind === 'agent_id') return alive > 0 ? 'It was heard of lately.' : 'It was not heard of lately.';
  return alive === 1 ? 'One agent that can was heard of lately.' : `${alive === 0 ? 'No' : alive} agents that can were heard of lately.`;
}
