import type { Criterion, CriterionResult, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonData } from '../json/json-data.js';
import { Pill } from '../shell/pill.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { ConstraintLines } from './constraint-lines.js';
import classes from './delivery-section.module.css';
import { Section } from './section.js';

/** What was made, as its agent hands it in; nothing, until something is. */
export function DeliverySection({ packet }: { readonly packet: Packet }): ReactNode {
  const delivery = packet.delegation?.delivery;
  if (!delivery) return null;
  return (
    <Section
      title="What was delivered"
      note={
        <>
          Delivery {delivery.round}, by <PacketLine text={delivery.agent_id} />
        </>
      }
    >
      <PacketText text={delivery.summary} of="the summary" />
      <JsonData value={packet.recommended_action.args['output'] ?? null} name="What was made" />
    </Section>
  );
}

/** What a task is judged by, and what its agent says of each once it has delivered. */
export function CriteriaSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { delegation } = packet;
  if (!delegation) return null;
  const { success_criteria: criteria, constraints, delivery } = delegation;
  const unmet = delivery?.criteria.filter(({ met }) => !met).length ?? 0;
  return (
    <Section
      title="What it is judged by"
      {...(delivery ? { note: unmet === 0 ? 'All said to be met' : `${unmet} said not to be met` } : {})}
    >
      <ol className={classes.criteria}>
        {criteria.map((criterion) => (
          <CriterionItem
            key={criterion.id}
            criterion={criterion}
            result={delivery?.criteria.find((it) => it.criterion_id === criterion.id)}
          />
        ))}
      </ol>
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
    <li className={classes.criterion}>
      <div className={classes.text}>
        {result && <Pill tone={result.met ? 'ok' : 'danger'}>{result.met ? 'Met' : 'Not met'}</Pill>}{' '}
        <PacketText text={text} of="a criterion" />
      </div>
      <div className={classes.check}>
        <PacketText text={`Checked by: ${check}`} of="how it is checked" />
      </div>
      {result && result.evidence.length > 0 && (
        <ul className={classes.evidence} aria-label="Evidence">
          {result.evidence.map((it, at) => (
            <li key={at}>
              <PacketText text={it} of="the evidence" />
            </li>
          ))}
        </ul>
      )}
      {result?.note && <PacketText text={result.note} of="the agent’s note" />}
    </li>
  );
}
