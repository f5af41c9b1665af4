import { Button, Group } from '@mantine/core';
import type { Packet } from '@handoff/contracts';
import { useEffect, useRef, type ReactNode } from 'react';
import { CriteriaSection } from '../handoff/delivery-section.js';
import { RequestSection } from '../handoff/request-section.js';
import { StateSection } from '../handoff/state-section.js';
import { TermsSection } from '../handoff/terms-section.js';
import { JsonData } from '../json/json-data.js';
import { Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import classes from './delegate.module.css';

interface TaskPreviewProps {
  readonly packet: Packet;
  readonly isGiving: boolean;
  readonly error: Error | null;
  readonly onGive: () => void;
  readonly onChange: () => void;
}

/** The task as its agent and its reviewer would read it. Nothing has been sent. */
export function TaskPreview({ packet, isGiving, error, onGive, onChange }: TaskPreviewProps): ReactNode {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.focus(); // the form is gone, and with it what had the focus
    head.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <>
      <h3 ref={head} tabIndex={-1} className={classes.previewed}>
        As it will be read. Nothing has been sent.
      </h3>
      <RequestSection packet={packet} />
      <CriteriaSection packet={packet} />
      <TermsSection packet={packet} />
      <StateSection packet={packet} />
      <Section title="The whole packet">
        <JsonData value={JSON.parse(JSON.stringify(packet))} name="Packet" />
      </Section>
      <Failure error={error} />
      <Group>
        <Button loading={isGiving} onClick={onGive}>
          Give it
        </Button>
        <Button variant="default" disabled={isGiving} onClick={onChange}>
          Change it
        </Button>
      </Group>
    </>
  );
}
