import type { HandoffControl } from '@handoff/contracts';
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { usePauses } from '../api/use-pauses.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { useMayLead } from '../shell/me-context.js';
import { Subpage } from '../shell/subpage.js';
import { PacketLine } from '../text/packet-text.js';
import { EndPauseDialog } from './end-pause-dialog.js';
import { PauseForm } from './pause-form.js';
import { PauseLine } from './pause-line.js';
import { nameOfPaused } from './pause-words.js';
import classes from './pauses.module.css';

/** What is paused; leads and admins pause more, and end a pause before its time. */
export function PausesPage(): ReactNode {
  const pauses = usePauses();
  const mayLead = useMayLead();
  const [ending, setEnding] = useState<HandoffControl | null>(null);
  return (
    <Subpage title="Pauses">
      <Failure error={pauses.error} title="This could not be loaded" />
      <Section title="Paused now">
        {pauses.isPending && <Absent>Loading…</Absent>}
        {pauses.data?.length === 0 && <Absent>Nothing is paused.</Absent>}
        <ul className={classes.pauses}>
          {pauses.data?.map((pause) => (
            <li key={pause.id} className={classes.pause}>
              <p>
                <PauseLine pause={pause} />
              </p>
              {mayLead && (
                <Button size="compact-sm" variant="default" onClick={() => setEnding(pause)}>
                  End the pause
                  <span className="desk-hidden">
                    {' of '}
                    <PacketLine text={nameOfPaused(pause)} />
                  </span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {mayLead ? <PauseForm /> : <p>Only leads and admins pause something or end a pause; ask one of them.</p>}
      {ending && <EndPauseDialog pause={ending} onClose={() => setEnding(null)} />}
    </Subpage>
  );
}
