import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { People } from '../shell/me-context.js';
import { routeTo } from '../shell/read-route.js';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { Ago } from '../time/time-left.js';
import classes from './earlier-decisions.module.css';
import { ENDED_WORDS } from './handoff-words.js';
import { Section } from './section.js';

const SAME_WORDS = { task: 'same task', action: 'the very same action' } as const;

/** What people said before, so that one question does not get two answers. */
export function EarlierDecisions({ detail }: { readonly detail: DeskDetail }): ReactNode {
  if (detail.earlier.length === 0) return null;
  return (
    <Section title="Decided earlier" note={`${detail.earlier.length}`}>
      <ul className={classes.list}>
        {detail.earlier.map((it) => (
          <li key={it.handoff_id}>
            <p>
              <strong>{ENDED_WORDS[it.type]}</strong>
              {it.decided_by.length > 0 && ' by '}
              <People ids={it.decided_by} />, <Ago at={it.decided_at} /> · {SAME_WORDS[it.same]}
            </p>
            <a href={routeTo(it.handoff_id)}>
              <PacketLine text={it.title || it.handoff_id} />
            </a>
            {it.message && <PacketText text={it.message} limits={BRIEF} of="the message" />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
