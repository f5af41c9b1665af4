import type { Assignee, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import type { DeskTerms } from '../api/desk-types.js';
import { Pill } from '../shell/pill.js';
import { isLate, isOverBudget } from '../tasks/term-pills.js';
import { Person } from '../shell/me-context.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { TimeLeft } from '../time/time-left.js';
import { RightsLines } from './rights-lines.js';
import { Fact, Facts, Section } from './section.js';

interface TermsProps {
  readonly packet: Packet;
  /** How the work stands to them, where something was told of that. */
  readonly terms?: DeskTerms | null;
  /** Nothing is due any more. */
  readonly hasEnded?: boolean;
}

/** Who is to do a task, until when, and what it may decide on the way. */
export function TermsSection({ packet, terms = null, hasEnded = false }: TermsProps): ReactNode {
  const { delegation } = packet;
  if (!delegation) return null;
  const { agent_target: target, due_by, reviewer, delegated_by, budget, template, decision_rights, escalate_when = [] } = delegation;
  return (
    <Section title="On which terms">
      <Facts inline>
        <Fact name="Given to">
          <PacketLine text={target?.agent_id ?? (target?.capability ? `whoever can do ${target.capability}` : 'whom a person finds')} />
        </Fact>
        {delegated_by && (
          <Fact name="Given by">
            <Person id={delegated_by} />
          </Fact>
        )}
        <Fact name="Reviewed by">{reviewer ? <Reviewer reviewer={reviewer} /> : 'whoever gave it'}</Fact>
        {due_by && (
          <Fact name="Due by">
            {formatInstant(due_by)}
            {!hasEnded && (
              <>
                {' ('}
                <TimeLeft due={due_by} />)
              </>
            )}
            {isLate(terms) && (
              <>
                {' '}
                <Pill tone="danger">Late</Pill>
              </>
            )}
          </Fact>
        )}
        {budget && (
          <Fact name="Budget">
            {terms?.spent ? `${terms.spent.total} of ${budget.limit}` : budget.limit} <PacketLine text={budget.unit} />
            {terms?.spent && ' spent'}
            {terms && isOverBudget(terms) && (
              <>
                {' '}
                <Pill tone="danger">Over budget</Pill>
              </>
            )}
          </Fact>
        )}
        {template && (
          <Fact name="Template">
            <PacketLine text={`${template.id}, version ${template.version}`} />
          </Fact>
        )}
      </Facts>
      <RightsLines rights={decision_rights} />
      {escalate_when.map((it) => (
        <PacketText key={it} text={`Asks when: ${it}`} of="when it asks" />
      ))}
    </Section>
  );
}

const Reviewer = ({ reviewer: { kind, id } }: { readonly reviewer: Assignee }): ReactNode =>
  kind === 'person' ? <Person id={id} /> : <PacketLine text={`team ${id}`} />;
