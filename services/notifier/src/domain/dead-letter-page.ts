import type { Seconds } from '@handoff/contracts';

/** What the fallback hears of one dead letter; never its bytes. */
export interface HeardDeadLetter {
  /** Of the row in the service's own table; null where another tool wrote the record. */
  readonly id: string | null;
  readonly service: string;
  readonly topic: string;
  readonly partition: string;
  readonly offset: string;
  readonly code: string;
  readonly message: string;
}

/** Many dead letters in one page: how many, since when, of what kind, and the newest as an example. */
export interface DeadLetterPage {
  readonly count: number;
  /** RFC 3339. */
  readonly since: string;
  readonly until: string;
  readonly kinds: readonly DeadLetterKind[];
  readonly newest: HeardDeadLetter | null;
}

export interface DeadLetterKind {
  readonly service: string;
  readonly topic: string;
  readonly code: string;
  readonly count: number;
}

/** Dead letters come in bursts: a page waits for a quiet moment, but not for long. */
const QUIET_SECONDS: Seconds = 5;
const LONGEST_WAIT_SECONDS: Seconds = 60;
const MOST_KINDS = 20;

/** The page with these added; from `null` on, a new one. */
export function addToPage(page: DeadLetterPage | null, heard: readonly HeardDeadLetter[], now: Date): DeadLetterPage {
  const at = now.toISOString();
  return {
    count: (page?.count ?? 0) + heard.length,
    since: page?.since ?? at,
    until: at,
    kinds: heard.reduce(addKind, page?.kinds ?? []),
    newest: heard.at(-1) ?? page?.newest ?? null,
  };
}

/** What is beyond the most kinds is in the page's count alone. */
function addKind(kinds: readonly DeadLetterKind[], { service, topic, code }: HeardDeadLetter): readonly DeadLetterKind[] {
  const at = kinds.findIndex((it) => it.service === service && it.topic === topic && it.code === code);
  if (at === -1) return kinds.length < MOST_KINDS ? [...kinds, { service, topic, code, count: 1 }] : kinds;
  return kinds.map((kind, index) => (index === at ? { ...kind, count: kind.count + 1 } : kind));
}

/** When to send it: in the next quiet moment, and `apart` from the page before, so that a flood pages now and then, not all the time. */
export function pageDueAt({ since, until }: DeadLetterPage, before: Date | null, apart: Seconds): Date {
  const quiet = Math.min(Date.parse(until) + QUIET_SECONDS * 1000, Date.parse(since) + LONGEST_WAIT_SECONDS * 1000);
  return new Date(Math.max(quiet, before ? before.getTime() + apart * 1000 : 0));
}
