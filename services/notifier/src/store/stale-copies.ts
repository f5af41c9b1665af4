import type { Transaction } from '@handoff/bus';
import type { HandoffId, Seconds } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { ClaimedNotification } from './notifications.js';

/** A bundle changes with each of its handoffs; it is brought up to date now and then. */
const BUNDLE_RESTS_SECONDS = 15;

/** What makes a delivered copy stale, and when it is to be brought up to date; where it has no reference nothing can be done. */
export const STALE_FROM = `CASE WHEN bundle_id IS NULL THEN handoff_now() ELSE handoff_now() + make_interval(secs => ${BUNDLE_RESTS_SECONDS}) END`;
export const CAN_GO_STALE = `state IN ('delivered', 'updating') AND reference IS NOT NULL`;

/** Copies of these handoffs that were sent say something that is no longer so. However often that happens, each is updated once. */
export async function markStale(tx: Transaction, handoffIds: readonly HandoffId[]): Promise<void> {
  if (handoffIds.length === 0) return;
  await tx.rows(
    `UPDATE notifications SET state = 'stale', attempts = 0, due_at = ${STALE_FROM}
     WHERE handoff_id = ANY($1::uuid[]) AND ${CAN_GO_STALE}`,
    [handoffIds],
  );
}

export interface StaleCopy extends ClaimedNotification {
  readonly reference: string;
  readonly bundle_id: string | null;
}

/** Stale copies, leased to the caller; those that have waited longest first. */
export function claimStale(db: EntityManager, limit: number, lease: Seconds): Promise<StaleCopy[]> {
  return rows<StaleCopy>(
    db,
    `UPDATE notifications SET state = 'updating', attempts = attempts + 1, lease_until = handoff_now() + make_interval(secs => $2)
     WHERE id IN (
       SELECT id FROM notifications
       WHERE state IN ('stale', 'updating') AND due_at <= handoff_now() AND (state = 'stale' OR lease_until < handoff_now())
       ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, handoff_id, level, cycle, recipient, channel, attempts, reference, bundle_id`,
    [limit, lease],
  );
}

export interface UpdateResult {
  readonly id: string;
  readonly attempts: number;
  readonly state: 'delivered' | 'stale';
  readonly reference: string;
  readonly error: string | null;
  /** With `stale`: how long until the next attempt. */
  readonly retryIn: Seconds;
}

/** Only what was not made stale again meanwhile. */
export async function recordUpdates(tx: Transaction, results: readonly UpdateResult[]): Promise<void> {
  await tx.rows(
    `UPDATE notifications AS n SET state = r.state, last_error = r.error, reference = r.reference, lease_until = NULL,
       due_at = handoff_now() + make_interval(secs => r.retry_in)
     FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::float8[]) AS r (id, attempts, state, error, reference, retry_in)
     WHERE n.id = r.id AND n.state = 'updating' AND n.attempts = r.attempts`,
    [
      results.map((it) => it.id),
      results.map((it) => it.attempts),
      results.map((it) => it.state),
      results.map((it) => it.error),
      results.map((it) => it.reference),
      results.map((it) => it.retryIn),
    ],
  );
}

/** Seconds until the next one is due, on the database's clock; null where every copy says what is so. */
export async function nextStaleIn(db: EntityManager): Promise<Seconds | null> {
  const [row] = await rows<{ seconds: number | null }>(
    db,
    `SELECT extract(epoch FROM min(CASE WHEN state = 'stale' THEN due_at ELSE greatest(due_at, lease_until) END) - handoff_now())::float8 AS seconds
     FROM notifications WHERE state IN ('stale', 'updating')`,
  );
  return row?.seconds ?? null;
}
