import type { HandoffId } from '@handoff/contracts';

const HANDOFF = /^#\/handoffs\/([0-9a-f-]{36})$/i;
const NOT_LET_IN = /^#\/not-let-in\/(failed|unknown|away)$/;

/** The handoff that the address names; null for the queue. In the hash, so that any static server will do. */
export function readRoute(hash: string): HandoffId | null {
  const id = HANDOFF.exec(hash)?.[1];
  return id === undefined ? null : (id.toLowerCase() as HandoffId); // the one place where an address becomes an id
}

export const routeTo = (id: HandoffId | null): string => (id === null ? '#/' : `#/handoffs/${id}`);

/** Pages beside the queue. */
export const PAGES = ['mine', 'tasks', 'delegate', 'handover', 'duty', 'policy', 'sla', 'asking', 'pauses', 'audit'] as const;
export type DeskSubpage = (typeof PAGES)[number];

/** What follows a question mark is what the page is to show. */
export const readPage = (hash: string): DeskSubpage | null => PAGES.find((page) => hash.split('?', 1)[0] === `#/${page}`) ?? null;

export const queryIn = (hash: string): URLSearchParams => new URLSearchParams(hash.split('?')[1] ?? '');

export const routeToPage = (page: DeskSubpage, query = new URLSearchParams()): string => `#/${page}${query.size > 0 ? `?${query}` : ''}`;

export type NotLetIn = 'failed' | 'unknown' | 'away';

/** Why the server sent somebody back who wanted to sign in. */
export const readNotLetIn = (hash: string): NotLetIn | null => (NOT_LET_IN.exec(hash)?.[1] ?? null) as NotLetIn | null; // the pattern's words

/** Where one signs in; the server sees no hash, so the handoff is named to it. */
export function signInAddress(hash: string): string {
  const id = readRoute(hash);
  return id ? `/sign-in?handoff=${id}` : '/sign-in';
}
