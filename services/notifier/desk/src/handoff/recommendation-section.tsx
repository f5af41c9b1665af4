import type { Action, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonTree } from '../json/json-tree.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { ActionArgs } from './action-args.js';
import classes from './recommendation-section.module.css';
import { Absent, Section } from './section.js';

export function RecommendationSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { recommended_action: action, options } = packet;
  return (
    <Section title="What it recommends">
      <ActionBody action={action} of="the recommendation" />
      {action.rationale !== '' && (
        <>
          <h4 className={classes.sub}>Why</h4>
          <PacketText text={action.rationale} of="the rationale" />
        </>
      )}
      {action.alternatives.length > 0 && (
        <>
          <h4 className={classes.sub}>Alternatives</h4>
          <ol className={classes.alternatives}>
            {action.alternatives.map((alternative, index) => (
              <li key={index}>
                <ActionBody action={alternative} of={`alternative ${index + 1}`} />
              </li>
            ))}
          </ol>
        </>
      )}
      {options && options.length > 0 && <JsonTree value={options} name="Options it offers" />}
    </Section>
  );
}

function ActionBody({ action, of }: { readonly action: Action; readonly of: string }): ReactNode {
  const { kind, name, args } = action;
  if (kind === 'none') return <Absent>Nothing.</Absent>;
  const words = args['text'];
  if (kind === 'text' && typeof words === 'string' && Object.keys(args).length === 1) return <PacketText text={words} of={of} />;
  return (
    <>
      {name !== '' && (
        <p className={classes.name}>
          <PacketLine text={name} />
        </p>
      )}
      <ActionArgs action={action} caption={`Arguments of ${of}`} />
    </>
  );
}
