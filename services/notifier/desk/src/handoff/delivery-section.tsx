import type { Criterion, CriterionResult, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { Pill } from '../shell/pill.js';
import { PacketText } from '../text/packet-text.js';
import { ConstraintLines } from './constraint-lines.js';
import { Section } from './section.js';

/** What a task is judged by, and what its agent says of each once it has delivered. */
export function DeliverySection({ packet }: { readonly packet: Packet }): ReactNode {
  const { delegation } = packet;
  if (!delegation) return null;
  const { success_criteria: criteria, constraints, delivery } = delegation;
  return (
    <Section title="What it is judged by" {...(delivery ? { note: `Delivery ${delivery.round}` } : {})}>
      <ul>
        {criteria.map((criterion) => (
          <CriterionItem
            key={criterion.id}
            criterion={criterion}
            result={delivery?.criteria.find((it) => it.criterion_id === criterion.id)}
          />
        ))}
      </ul>
      <ConstraintLines constraints={constraints} />
    </Section>
  );
}

interface CriterionItemProps {
  readonly criterion: Criterion;
  readonly result: CriterionResult | undefined;
}

function CriterionItem({ criterion: { text, check }, result }: CriterionItemProps): ReactNode {
  return (
    <li>
      {result && <Pill tone={result.met ? 'ok' : 'danger'}>{result.met ? 'Met' : 'Not met'}</Pill>}
      <PacketText text={text} of="a criterion" />
      <PacketText text={`Checked by: ${check}`} of="how it is checked" />
      {result?.evidence.map((it) => (
        <PacketText key={it} text={it} of="the evidence" />
      ))}
      {result?.note && <PacketText text={result.note} of="the agent’s note" />}
    </li>
  );
}
