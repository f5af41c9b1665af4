import type { ReactNode } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import { KIND_WORDS, URGENCY_WORDS } from '../handoff/handoff-words.js';
import { Person } from '../shell/me-context.js';
import { Pill, type PillTone } from '../shell/pill.js';

const URGENCY_TONE: Readonly<Record<DeskSummary['urgency'], PillTone>> = { high: 'danger', medium: 'warn', low: 'plain' };

/** What sets one handoff apart from another, in our words. */
export function HandoffMarks({ item }: { readonly item: DeskSummary }): ReactNode {
  const open = item.state === 'open';
  return (
    <>
      <Pill tone={URGENCY_TONE[item.urgency]}>{URGENCY_WORDS[item.urgency]} urgency</Pill>
      {item.kind !== 'escalation' && <Pill tone="accent">{KIND_WORDS[item.kind]}</Pill>}
      {item.level && (
        <Pill>
          Level {item.level.number} of {item.level.of}
          {item.cycle > 1 && `, asked ${item.cycle} times`}
        </Pill>
      )}
      {open && item.overdue && <Pill tone="danger">Overdue</Pill>}
      {open && item.unattended && <Pill tone="danger">Unattended</Pill>}
      {item.duplicate_of && <Pill tone="warn">Duplicate</Pill>}
      {open && item.acknowledged_by && (
        <Pill tone="ok">
          On it: <Person id={item.acknowledged_by} />
        </Pill>
      )}
      {open && item.open_question && <Pill tone="accent">Agent asked</Pill>}
      {open && item.deferred_until && <Pill>Put off</Pill>}
      {open && item.answers_needed > 1 && (
        <Pill>
          {item.votes.filter((vote) => vote.packet_version === item.packet_version).length} of {item.answers_needed} answers
        </Pill>
      )}
      {item.holder && (
        <Pill tone="accent">
          Held by <Person id={item.holder} />
        </Pill>
      )}
      {open && !item.may_decide && <Pill>Not yours to decide</Pill>}
    </>
  );
}
