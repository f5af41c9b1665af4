import type { Constraint } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketText } from '../text/packet-text.js';

export function ConstraintLines({ constraints }: { readonly constraints: readonly Constraint[] }): ReactNode {
  return constraints.map(({ kind, text }) => (
    <PacketText key={`${kind} ${text}`} text={`${kind === 'must' ? 'Must' : 'Must not'}: ${text}`} of="a constraint" />
  ));
}
