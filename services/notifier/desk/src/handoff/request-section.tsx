import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { Section } from './section.js';

export function RequestSection({ packet }: { readonly packet: Packet }): ReactNode {
  return (
    <Section
      title="What was asked for"
      note={
        packet.requested_by && (
          <>
            Requested by <PacketLine text={packet.requested_by} />
          </>
        )
      }
    >
      <PacketText text={packet.original_request} of="the request" />
    </Section>
  );
}
