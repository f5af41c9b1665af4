import { useEffect, useRef, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { HandoffMarks } from '../queue/handoff-marks.js';
import { PacketLine } from '../text/packet-text.js';
import { TimeLeft } from '../time/time-left.js';
import classes from './handoff-header.module.css';
import { MoveMenu } from '../moves/move-menu.js';

/** Stays in sight while the packet scrolls: what it is, and how long there is. */
export function HandoffHeader({ detail, onBack }: { readonly detail: DeskDetail; readonly onBack: () => void }): ReactNode {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus({ preventScroll: true }); // whoever opens it by key or screen reader starts here
    window.scrollTo(0, 0); // on a phone the page is still where the queue was
  }, []);
  return (
    <div className={classes.header}>
      <button type="button" className={classes.back} onClick={onBack}>
        ← Queue
      </button>
      <div className={classes.what}>
        <h2 ref={title} tabIndex={-1} className={classes.title}>
          <PacketLine text={detail.title.trim() || detail.task_id} />
        </h2>
        <p className={classes.by}>
          <PacketLine text={detail.agent_id} /> · task <PacketLine text={detail.task_id} /> · packet version {detail.packet_version}
        </p>
        <p className={classes.marks}>
          <HandoffMarks item={detail} />
        </p>
      </div>
      <div className={classes.side}>
        {detail.state === 'open' && (
          <span className={classes.time}>
            <TimeLeft due={detail.decide_by} />
            <span className={classes.small}>Time to decide</span>
          </span>
        )}
        <MoveMenu detail={detail} />
      </div>
    </div>
  );
}
