import type { Json, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonData } from '../json/json-data.js';
import { JsonTree } from '../json/json-tree.js';
import { Section } from './section.js';

/** What else the agent sent, folded. Nothing of a packet is left out. */
export function MoreSection({ packet }: { readonly packet: Packet }): ReactNode {
  const parts: readonly (readonly [name: string, value: Json | undefined])[] = [
    ['Features', packet.features],
    ['Metadata', packet.metadata],
    ['Other fields', packet.extra],
    ['Resume value', packet.resume],
    ['Schema of the arguments', packet.args_schema],
    ['Schema of a response', packet.response_schema],
  ];
  const sent = parts.flatMap(([name, value]) => (value === undefined || value === null ? [] : [{ name, value }]));
  if (sent.length === 0) return null;
  return (
    <Section title="More from the agent">
      {sent.map(({ name, value }) =>
        typeof value === 'object' ? (
          <JsonData key={name} value={value} name={name} />
        ) : (
          <div key={name}>
            {name}: <JsonTree value={value} name={name} />
          </div>
        ),
      )}
    </Section>
  );
}
