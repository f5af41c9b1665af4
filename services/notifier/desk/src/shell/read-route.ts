import type { HandoffId } from '@handoff/contracts';

const ROUTE = /^#\/handoffs\/([0-9a-f-]{36})$/i;

/** The handoff that the address names; null for the queue. In the hash, so that any static server will do. */
export function readRoute(hash: string): HandoffId | null {
  const id = ROUTE.exec(hash)?.[1];
  return id === undefined ? null : (id.toLowerCase() as HandoffId); // the one place where an address becomes an id
}

export const routeTo = (id: HandoffId | null): string => (id === null ? '#/' : `#/handoffs/${id}`);
