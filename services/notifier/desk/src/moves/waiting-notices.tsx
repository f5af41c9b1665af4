import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { DECISION_WORDS } from '../decide/decision-words.js';
import { Person } from '../shell/me-context.js';
import { Notice } from '../shell/notice.js';
import { WithinNotices } from '../tasks/within-notices.js';
import { WithAgentNotice } from '../tasks/with-agent-notice.js';
import { TermNotices } from '../tasks/term-notices.js';
import { MoveButton } from './move-button.js';
import { PacketText } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';

const RECALL_WORDS = {
  asked: 'The agent has been asked to stop',
  stopped: 'The agent has stopped',
  already_done: 'It was done already when the agent was asked to stop',
} as const;

/** What this handoff waits for: an answer of the agent, further votes, a later hour, whoever has it on a list. */
export function WaitingNotices({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { open_question, paused_until, deferred_until, votes, answers_needed, packet_version, above_authority, holder, recall } = detail;
  const valid = votes.filter((vote) => vote.packet_version === packet_version);
  return (
    <>
      {detail.state === 'with_agent' && detail.agent && (
        <WithAgentNotice agent={detail.agent} turn={detail.turn} progress={detail.progress} />
      )}
      <WithinNotices detail={detail} />
      <TermNotices terms={detail.state === 'ended' ? null : detail.terms} />
      {detail.asks.map((ask) => (
        <Notice key={ask.question_id} tone="warn" title={`${ask.asked_by} asks`}>
          <PacketText text={ask.text} of="the agent’s question" />
        </Notice>
      ))}
      {detail.asks.length > 0 && (
        <div>
          <MoveButton detail={detail} move="answer" />
        </div>
      )}
      {open_question && (
        <Notice tone="info" title="The agent has been asked and has not answered yet">
          By <Person id={open_question.asked_by} />
          {paused_until && `; the level waits for it until ${formatInstant(paused_until)}`}.
        </Notice>
      )}
      {detail.state === 'open' && deferred_until && <Notice tone="info" title={`Put off until ${formatInstant(deferred_until)}`} />}
      {detail.state === 'open' && answers_needed > 1 && (
        <Notice tone="info" title={`${answers_needed} people have to agree; ${valid.length} answered so far`}>
          {valid.map((vote) => (
            <p key={vote.subject}>
              <Person id={vote.subject} />: {DECISION_WORDS[vote.type].label}
            </p>
          ))}
        </Notice>
      )}
      {detail.state === 'open' && above_authority && <Notice tone="warn" title={above_authority} />}
      {holder && (
        <Notice tone="info" title="Taken over, and not done yet">
          On the list of <Person id={holder} />.
        </Notice>
      )}
      {recall && (
        <Notice tone="warn" title={RECALL_WORDS[recall.state]}>
          By <Person id={recall.by} />. {recall.text && <PacketText text={recall.text} of="the agent’s words" />}
        </Notice>
      )}
    </>
  );
}
