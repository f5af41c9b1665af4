import { useEffect, useRef, type ReactNode } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import { ENDED_WORDS, REASON_WORDS } from '../handoff/handoff-words.js';
import { People } from '../shell/me-context.js';
import { routeTo } from '../shell/read-route.js';
import { PacketLine } from '../text/packet-text.js';
import { Ago, TimeLeft } from '../time/time-left.js';
import { HandoffMarks } from './handoff-marks.js';
import classes from './queue-row.module.css';

export function QueueRow({ item, opened }: { readonly item: DeskSummary; readonly opened: boolean }): ReactNode {
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (opened) row.current?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  return (
    <li className={classes.item}>
      <a
        ref={row}
        className={classes.row}
        href={routeTo(item.handoff_id)}
        aria-current={opened ? 'true' : undefined}
        data-queue-row={item.handoff_id}
      >
        <span className={classes.top}>
          {item.ended ? <Ended item={item} /> : <TimeLeft due={item.decide_by} />}
          {item.state === 'open' && item.reason_code !== 'other' && (
            <span className={classes.reason}>{REASON_WORDS[item.reason_code]}</span>
          )}
        </span>
        <span className={classes.title}>
          <PacketLine text={item.title.trim() || item.task_id} />
        </span>
        <span className={classes.meta}>
          <PacketLine text={item.agent_id} />
          {item.action_name !== '' && (
            <>
              {' · '}
              <PacketLine text={item.action_name} />
            </>
          )}
        </span>
        {item.state === 'open' && item.asked.length > 0 && (
          <span className={classes.meta}>
            Asked: <People ids={item.asked} />
          </span>
        )}
        <span className={classes.marks}>
          <HandoffMarks item={item} />
        </span>
      </a>
    </li>
  );
}

function Ended({ item }: { readonly item: DeskSummary }): ReactNode {
  if (!item.ended) return null;
  return (
    <span className={classes.ended}>
      {ENDED_WORDS[item.ended.type]}
      {item.ended.decided_by.length > 0 && (
        <>
          {' by '}
          <People ids={item.ended.decided_by} />
        </>
      )}
      {' · '}
      <Ago at={item.ended.decided_at} />
    </span>
  );
}
