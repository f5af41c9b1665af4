import type { JudgedDecision, OutsideReason } from '@handoff/contracts';
import type { ReactNode } from 'react';
import type { DeskTerms } from '../api/desk-types.js';
import { routeTo } from '../shell/read-route.js';
import { Pill } from '../shell/pill.js';
import { outsideOf } from '../tasks/term-pills.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import classes from './delivery-section.module.css';
import { Section } from './section.js';

const WHY: Readonly<Record<OutsideReason, string>> = {
  must_ask: 'It had to ask',
  over_authority: 'More than it may decide',
  not_in_rights: 'Not among its rights',
};

/** What its agents decided by themselves, as they tell it, with what their rights do not cover marked. */
export function OwnDecisionsSection({ terms }: { readonly terms: DeskTerms | null }): ReactNode {
  if (!terms || terms.decisions.length === 0) return null;
  const outside = outsideOf(terms).length;
  return (
    <Section title="What it decided by itself" note={outside === 0 ? 'All within its rights' : `${outside} outside its rights`}>
      <ul className={classes.criteria}>
        {terms.decisions.map((decision, at) => (
          <OwnDecision key={at} decision={decision} />
        ))}
      </ul>
    </Section>
  );
}

function OwnDecision({ decision }: { readonly decision: JudgedDecision }): ReactNode {
  const { text, under, amount, outside, covered_by: covered, agent_id, told_at } = decision;
  return (
    <li className={classes.criterion}>
      <div className={classes.text}>
        {outside && <Pill tone="danger">{WHY[outside]}</Pill>} <PacketText text={text} of="a decision" />
      </div>
      <div className={classes.check}>
        <PacketLine text={agent_id} />, {formatInstant(told_at)}
        {amount && ` · ${amount.value} `}
        {amount && <PacketLine text={amount.unit} />}
        {covered && (
          <>
            {' · '}
            <a href={routeTo(covered)}>{outside ? 'Said to be covered by another handoff' : 'Approved in another handoff'}</a>
          </>
        )}
        {under && <PacketText text={`Under: ${under}`} of="the right that it names" />}
      </div>
    </li>
  );
}
