import type { ReactNode } from 'react';
import type { HandoverItem as Item } from '../api/desk-types.js';
import { HandoffMarks } from '../queue/handoff-marks.js';
import { Person } from '../shell/me-context.js';
import { routeTo } from '../shell/read-route.js';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { Ago, TimeLeft } from '../time/time-left.js';
import classes from './handover.module.css';

export function HandoverItem({ item }: { readonly item: Item }): ReactNode {
  return (
    <li className={classes.item}>
      <p className={classes.head}>
        <a href={routeTo(item.handoff_id)}>
          <PacketLine text={item.title.trim() || item.task_id} />
        </a>
        {item.state === 'open' && <TimeLeft due={item.decide_by} />}
      </p>
      <p className={classes.meta}>
        <PacketLine text={item.agent_id} /> · <WhoIsOnIt item={item} />
      </p>
      <p className={classes.marks}>
        <HandoffMarks item={item} />
      </p>
      {item.last_comments.map(({ by, at, text }) => (
        <div key={at} className={classes.comment}>
          <p className={classes.meta}>
            <Person id={by} /> · <Ago at={at} />
          </p>
          <PacketText text={text} limits={BRIEF} of="the comment" />
        </div>
      ))}
    </li>
  );
}

function WhoIsOnIt({ item: { acknowledged_by, acknowledged_at, holder, team } }: { readonly item: Item }): ReactNode {
  if (holder)
    return (
      <>
        taken over by <Person id={holder} />, and not done yet
      </>
    );
  if (acknowledged_by)
    return (
      <>
        <Person id={acknowledged_by} />
        {' acknowledged it '}
        {acknowledged_at && <Ago at={acknowledged_at} />}
      </>
    );
  return (
    <>
      nobody is on it
      {team && (
        <>
          ; asked of <PacketLine text={team} />
        </>
      )}
    </>
  );
}
