import type { ReactNode } from 'react';
import type { DeskDetail, KinHandoff } from '../api/desk-types.js';
import { ENDED_WORDS } from '../handoff/handoff-words.js';
import { Notice } from '../shell/notice.js';
import { routeTo } from '../shell/read-route.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './tasks.module.css';

/** A task and what was asked of people for its sake lead to each other. */
export function WithinNotices({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { delegation, asked_within: asked, waits_for: waits } = detail;
  return (
    <>
      {delegation && (
        <Notice tone="info" title="Asked for a task that its agent was given, and that waits for this answer">
          <Kin of={delegation} /> (task <PacketLine text={delegation.task_id} />)
        </Notice>
      )}
      {asked.length > 0 && (
        <Notice
          tone={waits.length > 0 ? 'warn' : 'info'}
          title={waits.length > 0 ? 'It waits for an escalation' : 'It was escalated on the way'}
        >
          <ul className={classes.within}>
            {asked.map((it) => (
              <li key={it.handoff_id}>
                <Kin of={it} /> ({it.ended_as ? ENDED_WORDS[it.ended_as].toLowerCase() : 'waits for people'})
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

const Kin = ({ of: { handoff_id, title } }: { readonly of: KinHandoff }): ReactNode => (
  <a href={routeTo(handoff_id)}>
    <PacketLine text={title || handoff_id} />
  </a>
);
