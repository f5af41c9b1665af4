import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schedule, Shift } from '../api/use-duty.js';
import { Person } from '../shell/me-context.js';
import { Pill } from '../shell/pill.js';
import { PacketLine } from '../text/packet-text.js';
import { ShiftTimes } from './shift-times.js';
import classes from './duty.module.css';
import type { Bar, Span } from './track.js';

interface ShiftListProps {
  readonly schedule: Schedule;
  readonly bars: readonly Bar[];
  /** What was over by then stays as it was. */
  readonly now: number;
  /** Null for those who may look alone. */
  readonly onChange: {
    over: (span: Span, shift: Shift | null) => void;
    anew: (override: Shift) => void;
    end: (override: Shift) => void;
  } | null;
}

/** What the track draws, in words, with a button for each thing that can be done on it. */
export function ShiftList({ schedule, bars, now, onChange }: ShiftListProps): ReactNode {
  return (
    <ol className={classes.shifts} aria-label={`Duty of ${schedule.name}`}>
      {bars.map(({ shift, ...span }) => (
        <li key={span.from} className={classes.shift}>
          <div>
            {shift ? <strong>{<PacketLine text={shift.name} />}</strong> : <strong className={classes.nobody}>Nobody</strong>}
            {shift?.override_id && (
              <>
                {' '}
                <Pill tone="warn">override</Pill>
              </>
            )}
            <p className={classes.times}>
              <ShiftTimes span={isoOf(span)} zone={schedule.time_zone} />
              {shift?.layer && (
                <>
                  {', by '}
                  <PacketLine text={shift.layer} />
                </>
              )}
            </p>
          </div>
          {onChange && span.until > now && (
            <Group gap="xs">
              {shift?.override_id ? (
                <>
                  <Act label="Change" shift={shift} onClick={() => onChange.anew(shift)} />
                  <Act label="Cancel" shift={shift} onClick={() => onChange.end(shift)} />
                </>
              ) : (
                <Act label="Somebody else" shift={shift} onClick={() => onChange.over(span, shift)} />
              )}
            </Group>
          )}
        </li>
      ))}
    </ol>
  );
}

const isoOf = ({ from, until }: Span) => ({ from: new Date(from).toISOString(), until: new Date(until).toISOString() });

interface ActProps {
  readonly label: string;
  readonly shift: Shift | null;
  readonly onClick: () => void;
}

const Act = ({ label, shift, onClick }: ActProps): ReactNode => (
  <Button size="compact-sm" variant="default" onClick={onClick}>
    {label}
    <span className="desk-hidden"> {shift ? <>for {<Person id={shift.person} />}</> : 'for the gap'}</span>
  </Button>
);
