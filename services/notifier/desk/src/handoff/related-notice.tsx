import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { Notice } from '../shell/notice.js';
import { routeTo } from '../shell/read-route.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './related-notice.module.css';

/** Other handoffs of the same task, so that work is not done twice because an agent asked twice. */
export function RelatedNotice({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { duplicate_of: original, related } = detail;
  const others = original && !related.some((it) => it.handoff_id === original) ? [original] : [];
  if (related.length === 0 && others.length === 0) return null;
  return (
    <Notice tone="warn" title={original ? 'This asks for the same action as another handoff of its task' : 'Its task has other handoffs'}>
      <ul className={classes.list}>
        {others.map((id) => (
          <li key={id}>
            <a href={routeTo(id)}>The first of them</a>
          </li>
        ))}
        {related.map((it) => (
          <li key={it.handoff_id}>
            <a href={routeTo(it.handoff_id)}>
              <PacketLine text={it.title || it.handoff_id} />
            </a>{' '}
            (
            {[it.state, it.handoff_id === original && 'the first', it.duplicate_of === detail.handoff_id && 'a duplicate of this one']
              .filter(Boolean)
              .join(', ')}
            )
          </li>
        ))}
      </ul>
    </Notice>
  );
}
