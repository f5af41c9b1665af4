import type { HandoffMove } from '@handoff/contracts';
import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { Section } from '../handoff/section.js';
import { Person } from '../shell/me-context.js';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { Ago } from '../time/time-left.js';
import { describeMove } from './describe-move.js';
import classes from './thread-section.module.css';

/** Who did what, with questions, answers and comments: the oldest first. */
export function ThreadSection({ detail }: { readonly detail: DeskDetail }): ReactNode {
  if (detail.thread.length === 0) return null;
  const words = new Map(detail.packet.delegation?.success_criteria.map(({ id, text }) => [id, text]));
  return (
    <Section title="Thread" note={`${detail.thread.length}`}>
      <ol className={classes.thread}>
        {detail.thread.map((move) => (
          <ThreadItem key={move.sequence} move={move} words={words} />
        ))}
      </ol>
    </Section>
  );
}

interface ThreadItemProps {
  readonly move: HandoffMove;
  /** Of the criteria that are to be met, by their ids. */
  readonly words: ReadonlyMap<string, string>;
}

function ThreadItem({ move, words }: ThreadItemProps): ReactNode {
  const { note } = move;
  const changes = move.changes ?? [];
  return (
    <li className={classes.move} data-event={move.event}>
      <p className={classes.head}>
        <strong>
          <Person id={move.moved_by} />
        </strong>{' '}
        <PacketLine text={describeMove(move)} /> · <Ago at={move.moved_at} />
      </p>
      {note && <PacketText text={note} limits={BRIEF} of="the note" />}
      {changes.map(({ criterion_id, text }) => (
        <PacketText key={criterion_id} text={`${words.get(criterion_id) ?? criterion_id}: ${text}`} limits={BRIEF} of="what is to change" />
      ))}
    </li>
  );
}
