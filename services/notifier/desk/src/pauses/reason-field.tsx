import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { faultAt } from '../shell/failure.js';

const MOST_CHARACTERS = 300;

interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onReason: (reason: string) => void;
  /** What came of sending it. */
  readonly error: Error | null;
  readonly 'data-autofocus'?: boolean;
}

/** Everybody reads it at the pause, and later in the audit log. */
export const ReasonField = ({ onReason, error, ...field }: ReasonFieldProps): ReactNode => (
  <Textarea
    {...field}
    autosize
    minRows={2}
    maxRows={6}
    maxLength={MOST_CHARACTERS}
    error={faultAt(error, 'reason')}
    onChange={({ currentTarget }) => onReason(currentTarget.value)}
  />
);
