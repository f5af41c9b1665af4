import type { ReactNode } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import { routeTo } from '../shell/read-route.js';
import { PacketLine } from '../text/packet-text.js';
import { Ago } from '../time/time-left.js';
import { TermPills } from './term-pills.js';
import classes from './tasks.module.css';

export function TaskLine({ task }: { readonly task: DeskSummary }): ReactNode {
  const { agent, progress, asks } = task;
  const said = asks.at(-1)?.text ?? progress?.text ?? null;
  return (
    <li>
      <a className={classes.task} href={routeTo(task.handoff_id)}>
        <span className={classes.title}>
          <PacketLine text={task.title.trim() || task.task_id} />
        </span>
        <span className={classes.meta}>
          <PacketLine text={task.task_id} />
          {agent && (
            <>
              {' · '}
              <PacketLine text={agent.agent_id} />
              {` · round ${agent.round} of ${agent.of}`}
            </>
          )}
          {' · given '}
          <Ago at={task.accepted_at} /> <TermPills terms={task.terms} />
        </span>
        {said !== null && (
          <span className={classes.said}>
            “<PacketLine text={said} />”
            {progress && asks.length === 0 && (
              <>
                {' · '}
                <Ago at={progress.at} />
              </>
            )}
          </span>
        )}
      </a>
    </li>
  );
}
