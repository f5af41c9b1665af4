import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { useQueue } from '../api/use-desk.js';
import { PacketLine } from '../text/packet-text.js';
import type { Draft } from './check-draft.js';
import { sameAction } from './same-action.js';

interface AlsoAnswerProps {
  readonly detail: DeskDetail;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

/** One answer to all that ask for the very same action; each is named, and its version is the one in the queue. */
export function AlsoAnswer({ detail, draft, onDraft }: AlsoAnswerProps): ReactNode {
  const others = sameAction(detail, useQueue('open').data?.items ?? [], draft.type);
  if (others.length === 0) return null;
  const words = `Also answer ${others.length === 1 ? 'the other one that asks' : `the ${others.length} others that ask`} for the very same action`;
  return (
    <div>
      <Checkbox
        label={words}
        checked={draft.also.length > 0}
        onChange={({ currentTarget }) =>
          onDraft({
            ...draft,
            also: currentTarget.checked ? others.map(({ handoff_id, packet_version }) => ({ handoff_id, packet_version })) : [],
          })
        }
      />
      {draft.also.length > 0 && (
        <ul>
          {others
            .filter((it) => draft.also.some(({ handoff_id }) => handoff_id === it.handoff_id))
            .map((it) => (
              <li key={it.handoff_id}>
                <PacketLine text={it.title.trim() || it.task_id} />
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
