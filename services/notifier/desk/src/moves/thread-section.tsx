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
  return (
    <Section title="Thread" note={`${detail.thread.length}`}>
      <ol className={classes.thread}>
        {detail.thread.map((move) => (
          <ThreadItem key={move.sequence} move={move} />
        ))}
      </ol>
    </Section>
  );
}

function ThreadItem({ move }: { readonly move: HandoffMove }): ReactNode {
  const { note } = move;
  return (
    <li className={classes.move} data-event={move.event}>
      <p className={classes.head}>
        <strong>
          <Person id={move.moved_by} />
        </strong>{' '}
        <PacketLine text={describeMove(move)} /> · <Ago at={move.moved_at} />
      </p>
      {note && <PacketText text={note} limits={BRIEF} of="the note" />}
    </li>
  );
}
