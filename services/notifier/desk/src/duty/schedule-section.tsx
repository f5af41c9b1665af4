import { Button } from '@mantine/core';
import { use, type ReactNode } from 'react';
import type { Schedule, Shift } from '../api/use-duty.js';
import { Section } from '../handoff/section.js';
import { MeContext } from '../shell/me-context.js';
import { PacketLine } from '../text/packet-text.js';
import { formatClock, formatMoment, formatWeekday, localZone } from '../time/format-instant.js';
import { useServerNow } from '../time/server-clock.js';
import type { Week } from '../time/week.js';
import { barAt } from './drag.js';
import classes from './duty.module.css';
import { DutyTrack } from './duty-track.js';
import { draftAnew, draftOver, mayOverride, type OverrideDraft } from './override-draft.js';
import { ShiftList } from './shift-list.js';
import { barsOf, within, type Bar, type Span } from './track.js';

interface ScheduleSectionProps {
  readonly schedule: Schedule;
  readonly week: Week;
  readonly onDraft: (draft: OverrideDraft) => void;
  readonly onEnd: (override: Shift) => void;
}

/** Who is on duty by one schedule, in one week: drawn, and in words. */
export function ScheduleSection({ schedule, week, onDraft, onEnd }: ScheduleSectionProps): ReactNode {
  const me = use(MeContext);
  const now = useServerNow();
  const bars = barsOf(schedule, week);
  const over = (span: Span, shift: Shift | null) => onDraft(draftOver(schedule, within(span, week) ?? span, shift, now));
  const anew = (override: Shift, span?: Span) => onDraft(draftAnew(schedule, override, span));
  const press = (at: number) => {
    const bar = barAt(bars, at);
    if (!bar || bar.until <= now) return; // what was cannot be changed
    if (bar.shift?.override_id) anew(bar.shift);
    else over(bar, bar.shift);
  };
  const mayChange = me !== null && mayOverride(me);
  const drawnOver = (span: Span) => over(span, bars.find(({ from, until }) => from <= span.from && span.until <= until)?.shift ?? null);
  return (
    <Section title={schedule.name} note={<Zone zone={schedule.time_zone} now={now} />}>
      <OnDutyNow bar={barAt(bars, now)} />
      <div>
        <div className={classes.days} aria-hidden="true">
          {week.days.map((day) => (
            <span key={day}>{formatWeekday(day)}</span>
          ))}
        </div>
        <DutyTrack {...{ schedule, week, bars }} onDrawn={mayChange ? { span: drawnOver, press, end: anew } : null} />
      </div>
      <details className={classes.words}>
        <summary>{countBars(bars.length, schedule)} in words</summary>
        <ShiftList {...{ schedule, bars, now }} onChange={mayChange ? { over, anew, end: onEnd } : null} />
      </details>
      {mayChange && (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => over({ from: Math.max(week.from, now), until: week.until }, null)}>
            Put somebody in<span className="desk-hidden"> on {schedule.name}</span>
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Nothing where another week is shown. */
function OnDutyNow({ bar }: { readonly bar: Bar | undefined }): ReactNode {
  if (!bar) return null;
  return (
    <p>
      Now{' '}
      {bar.shift ? (
        <strong>
          <PacketLine text={bar.shift.name} />
        </strong>
      ) : (
        <strong className={classes.nobody}>nobody</strong>
      )}
      , until {formatMoment(bar.until)}
    </p>
  );
}

const countBars = (count: number, { gaps }: Schedule): string =>
  `${count} ${count === 1 ? 'shift' : 'shifts'}${gaps.length > 0 ? ' and gaps' : ''}`;

const Zone = ({ zone, now }: { readonly zone: string; readonly now: number }): ReactNode =>
  zone === localZone() ? zone : `${zone}, where it is ${formatClock(now, zone)}`;
