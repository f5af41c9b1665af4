import { useState, type PointerEvent, type ReactNode } from 'react';
import type { Schedule, Shift } from '../api/use-duty.js';
import { useKeys } from '../keys/use-keys.js';
import { PacketLine } from '../text/packet-text.js';
import { formatMoment } from '../time/format-instant.js';
import { useServerNow } from '../time/server-clock.js';
import type { Week } from '../time/week.js';
import { drawn, isPress, type Drag } from './drag.js';
import { hueOf } from './hue-of.js';
import classes from './duty.module.css';
import { instantAt, placeOf, spanOf, within, type Bar, type Span } from './track.js';

interface DutyTrackProps {
  readonly schedule: Schedule;
  readonly week: Week;
  readonly bars: readonly Bar[];
  /** Null for those who may look alone. */
  readonly onDrawn: { span: (span: Span) => void; press: (at: number) => void; end: (override: Shift, span: Span) => void } | null;
}

/** The week of one schedule, to be drawn on with a pointer; the list below it has the same for everybody else. */
export function DutyTrack({ week, bars, onDrawn }: DutyTrackProps): ReactNode {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [at, setAt] = useState(0);
  const span = drag && drawn(drag, at);

  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (!onDrawn || event.button !== 0) return;
    const anchor = instantUnder(event, week);
    const grip = gripOf(event.target, bars);
    event.currentTarget.setPointerCapture(event.pointerId);
    setAt(anchor);
    setDrag(grip ?? { kind: 'new', anchor });
  };
  const finish = () => {
    setDrag(null);
    if (!drag || !span || !onDrawn) return;
    if (drag.kind === 'end') onDrawn.end(drag.override, span);
    else if (isPress(drag, span)) onDrawn.press(drag.anchor);
    else onDrawn.span(span);
  };

  return (
    <div
      className={classes.track}
      data-drawable={onDrawn !== null}
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={(event) => drag && setAt(instantUnder(event, week))}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
    >
      {week.days.slice(1).map((day) => (
        <span key={day} className={classes.midnight} style={{ left: placeOf({ from: day, until: day + 1 }, week).left }} />
      ))}
      {bars.map((bar) => (
        <TrackBar key={bar.from} bar={bar} week={week} />
      ))}
      {span && (
        <span className={classes.drawn} style={placeOf(span, week)}>
          <span className={classes.drawnTimes} data-late={span.from > (week.from + week.until) / 2}>
            {formatMoment(span.from)} – {formatMoment(span.until)}
          </span>
        </span>
      )}
      <NowLine week={week} />
      {drag && <WhileDrawing onCancel={() => setDrag(null)} />}
    </div>
  );
}

function TrackBar({ bar, week }: { readonly bar: Bar; readonly week: Week }): ReactNode {
  const { shift } = bar;
  const kind = shift === null ? 'gap' : shift.override_id ? 'override' : 'shift';
  const grip = (moved: 'from' | 'until') =>
    kind === 'override' &&
    within({ from: bar[moved], until: bar[moved] + 1 }, week) && (
      <span className={classes.grip} data-moves={moved} data-override={shift?.override_id} />
    );
  return (
    <span
      className={classes.bar}
      data-kind={kind}
      data-hue={shift ? hueOf(shift.person) : undefined}
      style={placeOf(bar, week)}
      title={`${shift?.name ?? 'Nobody'}: ${formatMoment(bar.from)} – ${formatMoment(bar.until)}`}
    >
      {grip('from')}
      <span className={classes.name}>{shift ? <PacketLine text={shift.name} /> : 'Nobody'}</span>
      {grip('until')}
    </span>
  );
}

function NowLine({ week }: { readonly week: Week }): ReactNode {
  const now = useServerNow();
  if (now < week.from || now >= week.until) return null;
  return <span className={classes.now} style={{ left: placeOf({ from: now, until: now + 1 }, week).left }} />;
}

/** Escape gives up what is being drawn, and does not leave the page. */
function WhileDrawing({ onCancel }: { readonly onCancel: () => void }): ReactNode {
  useKeys({ back: onCancel });
  return null;
}

function instantUnder(event: PointerEvent<HTMLDivElement>, week: Week): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return instantAt((event.clientX - left) / width, week);
}

/** The end of an override that was taken hold of. */
function gripOf(target: EventTarget, bars: readonly Bar[]): Drag | null {
  if (!(target instanceof HTMLElement)) return null;
  const { moves: moved, override: id } = target.dataset;
  const override = bars.find(({ shift }) => id !== undefined && shift?.override_id === id)?.shift;
  return override && (moved === 'from' || moved === 'until') ? { kind: 'end', override, moved, span: spanOf(override) } : null;
}
