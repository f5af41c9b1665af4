import { Button } from '@mantine/core';
import type { TimelineLine } from '@handoff/contracts';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { useTimeline } from '../api/use-timeline.js';
import { Absent, Section } from '../handoff/section.js';
import { FormFailure } from '../shell/failure.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { eventWords, inOwnTime, serviceWords } from './event-words.js';
import classes from './history-section.module.css';

/** What has happened to the handoff in every service, in one order: the oldest first. Read when it is opened. */
export function HistorySection({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Section
      title="History"
      note={
        <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide it' : 'Show all that happened'}
        </Button>
      }
    >
      {open && <History detail={detail} />}
    </Section>
  );
}

function History({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { data, error, isPending } = useTimeline(detail.handoff_id, true);
  return (
    <>
      <FormFailure error={error} />
      {isPending && <Absent>Loading…</Absent>}
      {data && data.gaps.length > 0 && (
        <p className={classes.gap}>Not all of it: {data.gaps.map(({ service }) => serviceWords(service)).join(', ')} did not answer.</p>
      )}
      {data && data.left_out > 0 && <Absent>{data.left_out} older lines are left out.</Absent>}
      {data && (
        <ol className={classes.lines}>
          {data.lines.map((line, at) => (
            <Line key={`${line.at} ${line.service} ${at}`} line={line} />
          ))}
        </ol>
      )}
    </>
  );
}

function Line({ line: { at, service, event, text } }: { readonly line: TimelineLine }): ReactNode {
  return (
    <li className={classes.line} data-event={event}>
      <time className={classes.at} dateTime={at}>
        {formatInstant(at)}
      </time>
      <div className={classes.what}>
        <strong>{eventWords(event)}</strong> <PacketLine text={inOwnTime(text, formatInstant)} />{' '}
        <span className={classes.by}>({serviceWords(service)})</span>
      </div>
    </li>
  );
}
