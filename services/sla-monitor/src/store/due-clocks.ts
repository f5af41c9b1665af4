import type { Transaction } from '@handoff/bus';
import { rows, type EntityManager } from '@handoff/store';
import type { HandoffId } from '@handoff/contracts';
import type { ArmedClock, Watch, WatchedHandoff } from '../domain/watch.js';
import { withClocks } from './watches.js';

export interface DueClocks {
  /** In the order in which they were due. */
  readonly due: readonly ArmedClock[];
  readonly watches: ReadonlyMap<HandoffId, Watch>;
}

/**
 * Claims what is due. Clocks change under their handoff's lock, so both rows are locked: a handoff that a consumer or another
 * replica holds is passed over and looked at again, and a clock that was disarmed meanwhile is not there any more.
 */
export async function claimDue(tx: Transaction, limit: number): Promise<DueClocks> {
  // The time is asked for in a subselect: a volatile function in the condition itself would keep the index from being used.
  const claimed = await tx.rows<ArmedClock>(
    `SELECT clocks.handoff_id, clocks.clock, clocks.share, clocks.level, clocks.cycle, clocks.due_at
     FROM clocks JOIN handoffs USING (handoff_id)
     WHERE clocks.due_at <= (SELECT handoff_now())
     ORDER BY clocks.due_at LIMIT $1
     FOR UPDATE OF handoffs, clocks SKIP LOCKED`,
    [limit],
  );
  if (claimed.length === 0) return { due: [], watches: new Map() };
  const ids = [...new Set(claimed.map(({ handoff_id }) => handoff_id))];
  const handoffs = await tx.rows<WatchedHandoff>('SELECT * FROM handoffs WHERE handoff_id = ANY($1)', [ids]);
  return { due: claimed.toSorted((one, other) => one.due_at.getTime() - other.due_at.getTime()), watches: await withClocks(tx, handoffs) };
}

export interface Outlook {
  /** By the database's clock; null where no clock is armed. */
  readonly next: Date | null;
  /** Until then; below 0 where it is past. */
  readonly milliseconds: number | null;
  readonly overdue: number;
}

/** What is counted as overdue is later than the poller is ever meant to be. */
const OVERDUE_AFTER_SECONDS = 1;

export async function lookAhead(db: EntityManager): Promise<Outlook> {
  const [outlook] = await rows<Outlook>(
    db,
    `SELECT next, extract(epoch FROM next - now)::float8 * 1000 AS milliseconds,
       (SELECT count(*)::int FROM clocks WHERE due_at < now - make_interval(secs => $1)) AS overdue
     FROM (SELECT (SELECT min(due_at) FROM clocks) AS next, (SELECT handoff_now()) AS now OFFSET 0) AS looked`,
    [OVERDUE_AFTER_SECONDS],
  );
  return outlook ?? { next: null, milliseconds: null, overdue: 0 };
}
