import type { Packet } from '@handoff/contracts';
import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Absent, Section } from './section.js';
import { StepItem } from './step-item.js';
import classes from './steps-section.module.css';

const FIRST = 8;

/** What was done, in order. A long history shows its latest steps first to be read, and the rest on demand. */
export function StepsSection({ packet }: { readonly packet: Packet }): ReactNode {
  const steps = packet.steps_completed;
  const [all, setAll] = useState(steps.length <= FIRST + 2);
  const hidden = all ? 0 : steps.length - FIRST;
  const failed = steps.filter((step) => step.status === 'failed').length;
  const note =
    steps.length === 0 ? undefined : `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}${failed > 0 ? `, ${failed} failed` : ''}`;
  return (
    <Section title="What was done" note={note}>
      {steps.length === 0 && <Absent>No step is listed.</Absent>}
      {hidden > 0 && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => setAll(true)}>
            Show the first {hidden} {hidden === 1 ? 'step' : 'steps'} too
          </Button>
        </div>
      )}
      <ol className={classes.steps} start={hidden + 1}>
        {steps.slice(hidden).map((step, index) => (
          <StepItem key={hidden + index} step={step} />
        ))}
      </ol>
    </Section>
  );
}
