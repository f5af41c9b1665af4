import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../handoff/section.js';
import type { FieldProps } from './field-props.js';
import { Fault } from './fault.js';

interface GoalFieldsProps extends FieldProps {
  readonly hasTemplate: boolean;
}

export function GoalFields({ hasTemplate, draft, shown, faults, onChange }: GoalFieldsProps): ReactNode {
  return (
    <Section title="What is wanted">
      <Textarea
        label="Goal"
        withAsterisk
        description={hasTemplate && draft.goal === null ? 'As the template says it. What you write here stands instead.' : undefined}
        autosize
        minRows={2}
        maxRows={10}
        value={shown.goal}
        error={Fault({ faults, path: 'goal' })}
        onChange={({ currentTarget }) => onChange({ goal: currentTarget.value })}
      />
      <Textarea
        label="What the agent should know"
        autosize
        minRows={2}
        maxRows={12}
        value={draft.context}
        error={Fault({ faults, path: 'context' })}
        onChange={({ currentTarget }) => onChange({ context: currentTarget.value })}
      />
    </Section>
  );
}
