import type { DecisionRights } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketText } from '../text/packet-text.js';

/** What an agent may decide by itself, and what it has to ask about. */
export function RightsLines({ rights }: { readonly rights: DecisionRights | undefined }): ReactNode {
  const { may = [], must_ask: mustAsk = [], authority = [] } = rights ?? {};
  const words = [
    ...may.map((it) => `May: ${it}`),
    ...mustAsk.map((it) => `Asks before: ${it}`),
    ...authority.map(({ up_to, unit }) => `Decides up to ${up_to} ${unit}`),
  ];
  return words.map((it) => <PacketText key={it} text={it} of="its rights" />);
}
