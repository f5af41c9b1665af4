import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonData } from '../json/json-data.js';
import { PacketText } from '../text/packet-text.js';
import { Absent, Section } from './section.js';

export function StateSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { text, value } = packet.current_state;
  return (
    <Section title="Where it stands">
      {text !== '' && <PacketText text={text} of="the current state" />}
      {value !== undefined && <JsonData value={value} name="State as data" />}
      {text === '' && value === undefined && <Absent>The agent did not say.</Absent>}
    </Section>
  );
}
