import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { People } from '../shell/me-context.js';
import { Notice } from '../shell/notice.js';
import { PacketText } from '../text/packet-text.js';
import { Ago } from '../time/time-left.js';
import { ActionArgs } from './action-args.js';
import { ENDED_WORDS } from './handoff-words.js';

/** How it ended, and what the agent was told. */
export function EndedNotice({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { ended, decision } = detail;
  if (!ended) return null;
  return (
    <Notice tone={ended.type === 'approve' || ended.type === 'edit' ? 'ok' : 'info'} title={ENDED_WORDS[ended.type]} live>
      <p>
        {ended.decided_by.length > 0 ? (
          <>
            Decided by <People ids={ended.decided_by} />
          </>
        ) : (
          'Without a person'
        )}
        , <Ago at={ended.decided_at} />
        {decision?.sla && (decision.sla.met ? ', in time' : ', too late for its deadline')}.
        {decision?.asking_was === 'necessary' && ' Asking was necessary.'}
        {decision?.asking_was === 'unnecessary' && ' The agent should have handled it itself.'}
      </p>
      {decision?.message && <PacketText text={decision.message} of="the message" />}
      {decision?.type === 'edit' && decision.action && <ActionArgs action={decision.action} caption="Arguments as approved" />}
    </Notice>
  );
}
