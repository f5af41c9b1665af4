import type { Transaction } from '@handoff/bus';
import type { HandoffId } from '@handoff/contracts';
import type { ArmedClock, Watch, WatchedHandoff } from '../domain/watch.js';
import { withClocks } from './watches.js';

export interface Lanes {
  /** Of those that have been due for longest. */
  readonly oldest: number;
  /** Of those that have just fallen due, so that they do not wait for a backlog; 0 where there is none. */
  readonly newest: number;
}

/** What there is beside what was claimed. */
export interface Outlook {
  /** Whether the lane of the oldest was filled, so that more may be due. */
  readonly isFull: boolean;
  /** Whether something is due that somebody else holds. */
  readonly isHeld: boolean;
  /** The next that falls due, by the database's clock; null where no clock is armed. */
  readonly next: Date | null;
  /** Until then, from `askedAt` on, which is by this process's own clock. */
  readonly milliseconds: number | null;
  readonly askedAt: number;
  /** More than a second past due; counted up to a bound. */
  readonly overdue: number;
}

export interface DueClocks {
  /** By the database's clock. */
  readonly now: Date;
  /** In the order in which they were due. */
  readonly due: readonly ArmedClock[];
  readonly watches: ReadonlyMap<HandoffId, Watch>;
  readonly outlook: Outlook;
}

type Claimed = WatchedHandoff & { readonly now: Date };

/**
 * Claims the handoffs of which something is due, with all of it. Clocks change under their handoff's lock, so that is the one taken: a
 * handoff that a consumer or another replica holds is passed over and looked at again. Its clocks are read under the lock; one that was
 * disarmed meanwhile is not there any more.
 */
export async function claimDue(tx: Transaction, { oldest, newest }: Lanes): Promise<DueClocks> {
  const [[ahead], longest, justNow] = await Promise.all([
    tx.rows<Ahead>(LOOK_AHEAD, [OVERDUE_AFTER_SECONDS, MOST_COUNTED, oldest + 1]),
    tx.rows<Claimed>(CLAIM_OLDEST, [oldest]),
    newest > 0 ? tx.rows<Claimed>(CLAIM_NEWEST, [newest, JUST_NOW_SECONDS]) : [],
  ]);
  const askedAt = performance.now();
  const { now: lookedAt, due: dueThen, ...rest } = ahead ?? NOTHING_AHEAD;
  const now = longest[0]?.now ?? justNow[0]?.now ?? lookedAt;
  const handoffs = [...new Map([...longest, ...justNow].map(({ now: _, ...handoff }) => [handoff.handoff_id, handoff])).values()];
  const watches = handoffs.length === 0 ? new Map<HandoffId, Watch>() : await withClocks(tx, handoffs);
  const due = dueBy(now, watches);
  // Of those that were due when it was counted: one that fell due since must not stand for one that is held.
  const isHeld = dueBy(lookedAt, watches).length < dueThen;
  return { now, due, watches, outlook: { ...rest, askedAt, isFull: longest.length === oldest, isHeld } };
}

const dueBy = (instant: Date, watches: ReadonlyMap<HandoffId, Watch>): readonly ArmedClock[] =>
  [...watches.values()]
    .flatMap(({ clocks }) => clocks.filter(({ due_at }) => due_at <= instant))
    .toSorted((one, other) => one.due_at.getTime() - other.due_at.getTime());

/** What has been due for longer was passed over by a look, or is of a backlog. */
const JUST_NOW_SECONDS = 1;
/** What is counted as overdue is later than the poller is ever meant to be. */
const OVERDUE_AFTER_SECONDS = 1;
/** A look must not cost the more, the more there is to do. */
const MOST_COUNTED = 10_000;

// The time is asked for in a subselect: a volatile function in the condition itself would keep the index from being used.
const claim = (andSince: string): string => `
  SELECT handoffs.*, (SELECT handoff_now()) AS now
  FROM clocks JOIN handoffs USING (handoff_id)
  WHERE clocks.due_at <= (SELECT handoff_now()) ${andSince}
  ORDER BY clocks.due_at LIMIT $1
  FOR UPDATE OF handoffs SKIP LOCKED`;
const CLAIM_OLDEST = claim('');
const CLAIM_NEWEST = claim('AND clocks.due_at > (SELECT handoff_now() - make_interval(secs => $2))');

interface Ahead {
  readonly now: Date;
  readonly due: number;
  readonly next: Date | null;
  readonly milliseconds: number | null;
  readonly overdue: number;
}
const NOTHING_AHEAD: Ahead = { now: new Date(Number.NaN), due: 0, next: null, milliseconds: null, overdue: 0 };

/** Asked together with the claim, before it: a round trip of its own would keep the next clock waiting. */
const LOOK_AHEAD = `
  SELECT now, next, extract(epoch FROM next - now)::float8 * 1000 AS milliseconds,
    (SELECT count(*)::int FROM (SELECT 1 FROM clocks WHERE due_at <= now LIMIT $3) AS found) AS due,
    (SELECT count(*)::int FROM (SELECT 1 FROM clocks WHERE due_at < now - make_interval(secs => $1) LIMIT $2) AS late) AS overdue
  FROM (SELECT now, (SELECT min(due_at) FROM clocks WHERE due_at > now) AS next FROM (SELECT handoff_now() AS now OFFSET 0) AS asked OFFSET 0) AS looked`;
