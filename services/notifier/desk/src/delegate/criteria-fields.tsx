import { Button, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../handoff/section.js';
import classes from './delegate.module.css';
import type { CriterionDraft } from './draft.js';
import { Fault } from './fault.js';
import type { FieldProps } from './field-props.js';

/** Each with how it is checked: what nobody can check, nobody can deliver. */
export function CriteriaFields({ shown: { criteria }, faults, onChange }: FieldProps): ReactNode {
  const write = (at: number, changes: Partial<CriterionDraft>) =>
    onChange({ criteria: criteria.map((it, index) => (index === at ? { ...it, ...changes } : it)) });
  return (
    <Section title="What it is judged by">
      <ol className={classes.rows}>
        {criteria.map(({ text, check }, at) => (
          <li key={at} className={classes.row}>
            <Textarea
              label={`Criterion ${at + 1}`}
              withAsterisk
              autosize
              maxRows={8}
              value={text}
              error={Fault({ faults, path: `success_criteria[${at}].text` })}
              onChange={({ currentTarget }) => write(at, { text: currentTarget.value })}
            />
            <Textarea
              label={`How criterion ${at + 1} is checked`}
              withAsterisk
              autosize
              maxRows={8}
              value={check}
              error={Fault({ faults, path: `success_criteria[${at}].check` })}
              onChange={({ currentTarget }) => write(at, { check: currentTarget.value })}
            />
            {criteria.length > 1 && (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={`Remove criterion ${at + 1}`}
                onClick={() => onChange({ criteria: criteria.filter((_, index) => index !== at) })}
              >
                Remove
              </Button>
            )}
          </li>
        ))}
      </ol>
      <p className={classes.fault}>{Fault({ faults, path: 'success_criteria' })}</p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.add}
        onClick={() => onChange({ criteria: [...criteria, { text: '', check: '' }] })}
      >
        Add a criterion
      </Button>
    </Section>
  );
}
