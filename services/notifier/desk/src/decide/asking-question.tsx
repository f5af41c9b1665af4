import { Group, Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Draft } from './check-draft.js';

interface AskingQuestionProps {
  readonly value: Draft['handleItself'];
  readonly onChange: (value: Draft['handleItself']) => void;
}

/** What the agent learns from: was asking right. Never required. */
export function AskingQuestion({ value, onChange }: AskingQuestionProps): ReactNode {
  return (
    <Radio.Group
      label="Should the agent have handled this itself?"
      value={value}
      onChange={(chosen) => onChange(chosen as Draft['handleItself'])} // one of the three below
    >
      <Group gap="lg" mt={6}>
        <Radio value="yes" label="Yes" />
        <Radio value="no" label="No" />
        <Radio value="unsaid" label="No answer" />
      </Group>
    </Radio.Group>
  );
}
