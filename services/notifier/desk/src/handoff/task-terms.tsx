import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { TimeLeft } from '../time/time-left.js';
import { Fact, Facts, Section } from './section.js';

/** Within what an agent does the task that it was given: until when it is needed, what it may cost, what it may decide. */
export function TaskTerms({ detail: { packet, state } }: { readonly detail: DeskDetail }): ReactNode {
  const terms = packet.delegation ?? packet.transfer;
  if (!terms) return null;
  const { may = [], must_ask: mustAsk = [], authority = [] } = terms.decision_rights ?? {};
  const { due_by: dueBy, budget } = packet.delegation ?? {};
  const facts = [dueBy, budget, ...may, ...mustAsk, ...authority].filter((it) => it !== undefined);
  if (facts.length === 0) return null;
  return (
    <Section title="What the agent is bound to">
      <Facts>
        {dueBy !== undefined && (
          <Fact name="Needed by">
            {formatInstant(dueBy)}
            {state !== 'ended' && (
              <>
                {' ('}
                <TimeLeft due={dueBy} />)
              </>
            )}
          </Fact>
        )}
        {budget && (
          <Fact name="Budget">
            <PacketLine text={`${budget.limit} ${budget.unit}`} />
          </Fact>
        )}
        {authority.map(({ unit, up_to: upTo }) => (
          <Fact key={unit} name="May decide up to">
            <PacketLine text={`${upTo} ${unit}`} />
          </Fact>
        ))}
        {may.map((it) => (
          <Fact key={it} name="May decide">
            <PacketLine text={it} />
          </Fact>
        ))}
        {mustAsk.map((it) => (
          <Fact key={it} name="Has to ask about">
            <PacketLine text={it} />
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
