import type { ReactNode } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import { Notice } from '../shell/notice.js';
import { showHidden } from '../text/split-hidden.js';
import { PacketText } from '../text/packet-text.js';
import { Ago } from '../time/time-left.js';

interface WithAgentNoticeProps {
  readonly agent: NonNullable<DeskSummary['agent']>;
  readonly turn: DeskSummary['turn'];
  readonly progress: DeskSummary['progress'];
}

/** Whose hands a task is in, and what was last said of it there. */
export function WithAgentNotice({ agent, turn, progress }: WithAgentNoticeProps): ReactNode {
  const whose = `${turn === 'offered' ? 'Offered to' : 'With'} ${showHidden(agent.agent_id)}`;
  return (
    <Notice tone="info" title={`${whose}, round ${agent.round} of ${agent.of}`}>
      {progress && (
        <>
          <PacketText text={progress.text} of="its progress" />
          <p>
            Said <Ago at={progress.at} />.
          </p>
        </>
      )}
      It delivers here. Until then it can be ended or taken over.
    </Notice>
  );
}
