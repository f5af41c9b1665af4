import { createContext, use, type ReactNode } from 'react';
import type { Me } from '../api/desk-types.js';
import { PacketLine } from '../text/packet-text.js';

export const MeContext = createContext<Me | null>(null);

/** Leads and admins see and do some things that others do not; the server judges each of them again. */
export const useMayLead = (): boolean => use(MeContext)?.may_lead ?? false;

/** A person by id, or "you". */
export function Person({ id }: { readonly id: string }): ReactNode {
  const me = use(MeContext);
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
