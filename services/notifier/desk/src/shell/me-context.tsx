import { createContext, useContext, type ReactNode } from 'react';
import type { Me } from '../api/desk-types.js';
import { PacketLine } from '../text/packet-text.js';

export const MeContext = createContext<Me | null>(null);

/** A person by id, or "you". */
export function Person({ id }: { readonly id: string }): ReactNode {
  const me = useContext(MeContext);
  return id === me?.subject ? 'you' : <PacketLine text={id} />;
}

export function People({ ids }: { readonly ids: readonly string[] }): ReactNode {
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <Person id={id} />
    </span>
  ));
}
