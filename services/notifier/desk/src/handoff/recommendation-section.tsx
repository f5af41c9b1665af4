import type { Action, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonTree } from '../json/json-tree.js';
import { Notice } from '../shell/notice.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { ActionArgs } from './action-args.js';
import classes from './recommendation-section.module.css';
import { Absent, Section } from './section.js';
import { proseOf, unnamedValues } from './unnamed-values.js';

export function RecommendationSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { recommended_action: action, options } = packet;
  const unnamed = action.kind === 'tool_call' ? unnamedValues(action.args, proseOf(packet)) : NONE;
  return (
    <Section title="What it recommends">
      <div className={classes.beside}>
        <div className={classes.action}>
          <ActionBody action={action} of="the recommendation" unnamed={unnamed} />
        </div>
        {action.rationale !== '' && (
          <div>
            <h4 className={classes.sub}>Why</h4>
            <PacketText text={action.rationale} of="the rationale" />
          </div>
        )}
      </div>
      {unnamed.size > 0 && (
        <Notice tone="warn" title="The arguments say more than the words">
          What is marked is an amount, an id or an address that the agent names nowhere in its request, reason or steps. Check it before you
          approve.
        </Notice>
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

const NONE: ReadonlySet<string> = new Set();

interface ActionBodyProps {
  readonly action: Action;
  readonly of: string;
  readonly unnamed?: ReadonlySet<string>;
}

function ActionBody({ action, of, unnamed = NONE }: ActionBodyProps): ReactNode {
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
      <ActionArgs action={action} caption={`Arguments of ${of}`} unnamed={unnamed} />
    </>
  );
}
