import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonData } from '../json/json-data.js';
import { PacketText } from '../text/packet-text.js';
import { Absent, Section } from './section.js';

export function StateSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { text, value } = packet.current_state;
  return (
    <Section title={packet.delegation ? 'What its agent should know' : 'Where it stands'}>
      {text !== '' && <PacketText text={text} of="the current state" />}
      {value !== undefined && <JsonData value={value} name="State as data" />}
      {text === '' && value === undefined && <Absent>{packet.delegation ? 'Nothing was said.' : 'The agent did not say.'}</Absent>}
    </Section>
  );
}
