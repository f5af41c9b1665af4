import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { Fact, Facts, Section } from './section.js';

/** Who asks, as far as it said. */
export function AgentFacts({ packet }: { readonly packet: Packet }): ReactNode {
  const { agent, parent, tags } = packet;
  const said: readonly (readonly [name: string, text: string | undefined])[] = [
    ['Agent', agent?.id],
    ['Version', agent?.version],
    ['Model', agent?.model],
    ['Part of task', parent?.task_id],
    ['Part of', parent?.handoff_id],
    ['Takes place of', packet.supersedes],
    ['Tags', tags && tags.length > 0 ? tags.join(', ') : undefined],
    ['Expires', packet.expires_at && formatInstant(packet.expires_at)],
  ];
  const facts = said.flatMap(([name, text]) => (text === undefined || text === '' ? [] : [{ name, text }]));
  if (facts.length === 0) return null;
  return (
    <Section title="Who asks">
      <Facts>
        {facts.map(({ name, text }) => (
          <Fact key={name} name={name}>
            <PacketLine text={text} />
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
