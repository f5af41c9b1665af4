import { Button, NativeSelect, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { Absent, Section } from '../handoff/section.js';
import classes from './delegate.module.css';
import type { ConstraintDraft } from './draft.js';
import { Fault } from './fault.js';
import type { FieldProps } from './field-props.js';

const KINDS: { readonly value: ConstraintDraft['kind']; readonly label: string }[] = [
  { value: 'must', label: 'Must' },
  { value: 'must_not', label: 'Must not' },
];

export function ConstraintFields({ shown: { constraints }, faults, onChange }: FieldProps): ReactNode {
  const write = (at: number, changes: Partial<ConstraintDraft>) =>
    onChange({ constraints: constraints.map((it, index) => (index === at ? { ...it, ...changes } : it)) });
  return (
    <Section title="What it must and must not do">
      {constraints.length === 0 && <Absent>Nothing is said.</Absent>}
      <ol className={classes.rows}>
        {constraints.map(({ kind, text }, at) => (
          <li key={at} className={classes.constraint}>
            <NativeSelect
              label={`Constraint ${at + 1}`}
              value={kind}
              data={KINDS}
              onChange={({ currentTarget }) => write(at, { kind: currentTarget.value as ConstraintDraft['kind'] })} // one of the values just above
            />
            <Textarea
              label={`What constraint ${at + 1} says`}
              autosize
              maxRows={8}
              value={text}
              error={Fault({ faults, path: `constraints[${at}].text` })}
              onChange={({ currentTarget }) => write(at, { text: currentTarget.value })}
            />
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`Remove constraint ${at + 1}`}
              onClick={() => onChange({ constraints: constraints.filter((_, index) => index !== at) })}
            >
              Remove
            </Button>
          </li>
        ))}
      </ol>
      <p className={classes.fault}>{Fault({ faults, path: 'constraints' })}</p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.add}
        onClick={() => onChange({ constraints: [...constraints, { kind: 'must_not', text: '' }] })}
      >
        Add a constraint
      </Button>
    </Section>
  );
}
