import { Button } from '@mantine/core';
import type { HandoffId, Strand, Timeline, TimelineLine } from '@handoff/contracts';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { useTimeline } from '../api/use-timeline.js';
import { Absent, Section } from '../handoff/section.js';
import { KIND_WORDS } from '../handoff/handoff-words.js';
import { FormFailure } from '../shell/failure.js';
import { routeTo } from '../shell/read-route.js';
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
      {data && data.strands_left_out > 0 && <Absent>{data.strands_left_out} older handoffs that were asked within it are left out.</Absent>}
      {data && data.left_out > 0 && <Absent>{data.left_out} older lines are left out.</Absent>}
      {data && (
        <ol className={classes.lines}>
          {data.lines.map((line, at) => (
            <Line key={`${line.at} ${line.service} ${at}`} line={line} other={othersOf(data).get(line.handoff_id) ?? null} />
          ))}
        </ol>
      )}
    </>
  );
}

/** What has one history with the handoff that is looked at. */
const othersOf = ({ handoff_id, strands }: Timeline): ReadonlyMap<HandoffId, Strand> =>
  new Map(strands.filter((it) => it.handoff_id !== handoff_id).map((it) => [it.handoff_id, it]));

interface LineProps {
  readonly line: TimelineLine;
  /** The strand that it is of, where that is not the one that is looked at. */
  readonly other: Strand | null;
}

function Line({ line: { at, service, event, text }, other }: LineProps): ReactNode {
  return (
    <li className={classes.line} data-event={event}>
      <time className={classes.at} dateTime={at}>
        {formatInstant(at)}
      </time>
      <div className={classes.what}>
        {other && (
          <>
            <a href={routeTo(other.handoff_id)}>{KIND_WORDS[other.kind ?? 'escalation']}</a>{' '}
          </>
        )}
        <strong>{eventWords(event)}</strong> <PacketLine text={inOwnTime(text, formatInstant)} />{' '}
        <span className={classes.by}>({serviceWords(service)})</span>
      </div>
    </li>
  );
}
