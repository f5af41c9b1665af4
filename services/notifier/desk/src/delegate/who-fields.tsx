import type { Urgency } from '@handoff/contracts';
import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDirectory } from '../api/use-desk.js';
import { URGENCY_WORDS } from '../handoff/handoff-words.js';
import { Section } from '../handoff/section.js';
import { fromLocalField, toLocalField } from '../time/local-field.js';
import classes from './delegate.module.css';
import { Fault } from './fault.js';
import type { FieldProps } from './field-props.js';
import { TargetFields } from './target-fields.js';

const URGENCIES = Object.entries(URGENCY_WORDS).map(([value, label]) => ({ value, label }));

/** Who does it, until when, and who looks at what is delivered. */
export function WhoFields(props: FieldProps): ReactNode {
  const { draft, shown, faults, onChange } = props;
  return (
    <Section title="Who does it, and until when">
      <TargetFields {...props} />
      <div className={classes.beside}>
        <TextInput
          type="datetime-local"
          label="Due by (optional)"
          value={toLocalField(draft.dueBy)}
          error={Fault({ faults, path: 'due_by' })}
          onChange={({ currentTarget }) => onChange({ dueBy: fromLocalField(currentTarget.value) })}
        />
        <NativeSelect
          label="Urgency"
          value={shown.urgency}
          data={URGENCIES}
          onChange={({ currentTarget }) => onChange({ urgency: currentTarget.value as Urgency })} // one of the values just above
        />
        <ReviewerField {...props} />
      </div>
    </Section>
  );
}

function ReviewerField({ draft, faults, onChange }: FieldProps): ReactNode {
  const { people = [], teams = [] } = useDirectory().data ?? {};
  return (
    <NativeSelect
      label="Who reviews what is delivered"
      value={draft.reviewer}
      error={Fault({ faults, path: 'reviewer' }) ?? Fault({ faults, path: 'reviewer.id' })}
      data={[
        { value: '', label: 'You' },
        ...people.map(({ id, name }) => ({ value: `person:${id}`, label: name })),
        ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: `Team ${name}` })),
      ]}
      onChange={({ currentTarget }) => onChange({ reviewer: currentTarget.value })}
    />
  );
}
