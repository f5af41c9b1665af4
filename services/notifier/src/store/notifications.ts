import type { Transaction } from '@handoff/bus';
import { rows, type EntityManager } from '@handoff/store';
import { newId, type HandoffId, type HandoffNotified, type PushChannel, type Seconds } from '@handoff/contracts';
import { FALLBACK, type PlannedNotification } from '../domain/plan-notifications.js';

export async function planAll(tx: Transaction, planned: readonly PlannedNotification[]): Promise<void> {
  if (planned.length === 0) return;
  await tx.rows(
    `INSERT INTO notifications (id, handoff_id, level, cycle, recipient, channel, state, due_at, lane)
     SELECT id, handoff_id, level, cycle, recipient, channel, 'due', least(due_at, handoff_now() + make_interval(secs => after)),
            (SELECT d.tenant || '/' || d.agent_id FROM desk_items d WHERE d.handoff_id = it.handoff_id)
     FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::float8[])
       AS it (id, handoff_id, level, cycle, recipient, channel, due_at, after)
     ON CONFLICT DO NOTHING`,
    [
      planned.map(() => newId()),
      planned.map((it) => it.handoffId),
      planned.map((it) => it.level),
      planned.map((it) => it.cycle),
      planned.map((it) => it.recipient),
      planned.map((it) => it.channel),
      planned.map((it) => it.dueAt),
      planned.map((it) => it.after),
    ],
  );
}

/** What our own events say came of copies; a copy that is to be planned again is there already. The fallback's are not named there. */
export async function keepTold(tx: Transaction, told: readonly HandoffNotified[]): Promise<void> {
  const copies = told.filter(({ recipient, event }) => recipient !== null && event !== 'seen');
  if (copies.length === 0) return;
  await tx.rows(
    `INSERT INTO notifications AS n (id, handoff_id, level, cycle, recipient, channel, state, due_at, attempts, last_error, delivered_at)
     SELECT t.id, t.handoff_id, t.level, t.cycle, t.recipient, t.channel, t.event, t.at, t.attempts, t.error,
            CASE WHEN t.event = 'delivered' THEN t.at END
     FROM jsonb_to_recordset($1::jsonb) AS t (id uuid, handoff_id uuid, level int, cycle int, recipient text, channel text, event text,
                                              at timestamptz, attempts int, error text)
     ON CONFLICT (handoff_id, level, cycle, recipient, channel) DO UPDATE
       SET state = excluded.state, last_error = excluded.last_error, delivered_at = excluded.delivered_at, lease_until = NULL
     WHERE n.state IN ('due', 'sending', 'withdrawn')`,
    [JSON.stringify(copies.map((copy) => ({ ...copy, id: newId() })))],
  );
}

/** Somebody is on it: the rungs that are still to come wait until the acknowledgement is released, or for ever. */
export async function holdLadder(tx: Transaction, handoffIds: readonly HandoffId[]): Promise<void> {
  if (handoffIds.length === 0) return;
  await tx.rows(
    `UPDATE notifications SET due_at = 'infinity' WHERE handoff_id = ANY($1::uuid[]) AND state = 'due' AND due_at > handoff_now()`,
    [handoffIds],
  );
}

/** Put off: the rungs that are still to come wait until then. */
export async function deferLadder(tx: Transaction, handoffId: HandoffId, until: string): Promise<void> {
  await tx.rows(
    `UPDATE notifications SET due_at = greatest(due_at, $2::timestamptz) WHERE handoff_id = $1 AND state = 'due' AND due_at > handoff_now()`,
    [handoffId, until],
  );
}

/** Others are asked now, before everybody was told: whoever has not been is not to be. The fallback is nobody's colleague. */
export async function withdrawEarlier(tx: Transaction, handoffIds: readonly HandoffId[]): Promise<void> {
  if (handoffIds.length === 0) return;
  await tx.rows(
    `UPDATE notifications AS n SET state = 'withdrawn' FROM desk_items d
     WHERE n.handoff_id = ANY($1::uuid[]) AND d.handoff_id = n.handoff_id AND n.state IN ('due', 'sending') AND n.cycle > 0 AND n.recipient <> $2
       AND (n.level, n.cycle) <> ((d.routed -> 'level' ->> 'number')::int, (d.routed ->> 'cycle')::int)`,
    [handoffIds, FALLBACK],
  );
}

export interface LadderToClimb {
  readonly handoffId: HandoffId;
  readonly level: number;
  readonly cycle: number;
  /** Left out: everybody's. */
  readonly recipient?: string;
}

/** Nobody acknowledged in time, who had is off it again, or a channel refused: every rung that is left, now. */
export async function climbLadder(tx: Transaction, ladders: readonly LadderToClimb[]): Promise<void> {
  if (ladders.length === 0) return;
  await tx.rows(
    `UPDATE notifications AS n SET due_at = handoff_now()
     FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[]) AS l (handoff_id, level, cycle, recipient)
     WHERE n.handoff_id = l.handoff_id AND n.level = l.level AND n.cycle = l.cycle AND (l.recipient IS NULL OR n.recipient = l.recipient)
       AND n.state = 'due' AND n.attempts = 0 AND n.due_at > handoff_now()`,
    [
      ladders.map((it) => it.handoffId),
      ladders.map((it) => it.level),
      ladders.map((it) => it.cycle),
      ladders.map((it) => it.recipient ?? null),
    ],
  );
}

export interface ClaimedNotification {
  readonly id: string;
  readonly handoff_id: HandoffId;
  readonly level: number;
  readonly cycle: number;
  readonly recipient: string;
  readonly channel: PushChannel;
  readonly attempts: number;
}

const OLDEST = `
  SELECT id FROM notifications
  WHERE state IN ('due', 'sending') AND due_at <= handoff_now() AND (state = 'due' OR lease_until < handoff_now())
  ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED`;

/** What an agent gets out of turn at a time: one handoff's first copies. */
const OUT_OF_TURN = 4;

/** The lanes are walked from one to the next by their index, however many notifications stand in each. */
const FIRST_OF_SOME_LANES = `
  WITH RECURSIVE lanes AS (
    SELECT min(lane) AS lane FROM notifications WHERE state IN ('due', 'sending')
    UNION ALL
    SELECT (SELECT min(n.lane) FROM notifications n WHERE n.state IN ('due', 'sending') AND n.lane > lanes.lane) FROM lanes WHERE lane IS NOT NULL)
  SELECT first.id FROM (SELECT lane FROM lanes WHERE lane IS NOT NULL ORDER BY random() LIMIT $1) AS some_lanes, LATERAL (
    SELECT n.id FROM notifications n
    WHERE n.lane = some_lanes.lane AND n.state IN ('due', 'sending') AND n.due_at <= handoff_now()
      AND (n.state = 'due' OR n.lease_until < handoff_now())
    ORDER BY n.due_at LIMIT ${OUT_OF_TURN} FOR UPDATE SKIP LOCKED) AS first`;

/**
 * Due notifications, leased to the caller: after `lease` without a result they are somebody else's. The oldest first; where they are
 * more than one claim takes, the first of each agent's come besides, so that nobody's stand behind another's thousands.
 */
export async function claimDue(db: EntityManager, limit: number, by: Claimer): Promise<ClaimedNotification[]> {
  const oldest = await claim(db, OLDEST, limit, by);
  return oldest.length < limit ? oldest : [...oldest, ...(await claim(db, FIRST_OF_SOME_LANES, Math.ceil(limit / OUT_OF_TURN), by))];
}

const ALL_OF_ONE = `
  SELECT id FROM notifications
  WHERE state = 'due' AND due_at <= handoff_now() AND recipient = $4 AND channel = $5 LIMIT $1 FOR UPDATE SKIP LOCKED`;

/** What else is due for one person on one channel: it goes out in the same message. */
export function claimAlong(
  db: EntityManager,
  { recipient, channel }: ClaimedNotification,
  limit: number,
  by: Claimer,
): Promise<ClaimedNotification[]> {
  return claim(db, ALL_OF_ONE, limit, by, [recipient, channel]);
}

/** A process that sends, and for how long a claim is its own. */
export interface Claimer {
  readonly process: string;
  readonly lease: Seconds;
}

function claim(
  db: EntityManager,
  which: string,
  limit: number,
  { process, lease }: Claimer,
  more: readonly string[] = [],
): Promise<ClaimedNotification[]> {
  return rows<ClaimedNotification>(
    db,
    `UPDATE notifications SET state = 'sending', attempts = attempts + 1, claimed_by = $3,
       lease_until = handoff_now() + make_interval(secs => $2)
     WHERE id IN (${which})
     RETURNING id, handoff_id, level, cycle, recipient, channel, attempts`,
    [limit, lease, process, ...more],
  );
}

/** For as long as a copy is on its way. */
export async function renew(db: EntityManager, { process, lease }: Claimer, inHand: ReadonlySet<string>): Promise<void> {
  await rows(
    db,
    `UPDATE notifications SET lease_until = handoff_now() + make_interval(secs => $2)
     WHERE state = 'sending' AND claimed_by = $1 AND id = ANY($3::uuid[])`,
    [process, lease, [...inHand]],
  );
}

/** What a process has claimed without hearing of it, or could not keep the result of: its connection was cut. Due again at once. */
export async function giveBack(db: EntityManager, { process }: Claimer, inHand: ReadonlySet<string>): Promise<void> {
  await rows(
    db,
    `UPDATE notifications SET state = 'due', lease_until = NULL WHERE state = 'sending' AND claimed_by = $1 AND id <> ALL($2::uuid[])`,
    [process, [...inHand]],
  );
}

/** Those of them of which nobody has been told yet. */
export async function untoldOf(tx: Transaction, handoffIds: readonly HandoffId[]): Promise<ReadonlySet<HandoffId>> {
  if (handoffIds.length === 0) return new Set();
  const found = await tx.rows<{ id: HandoffId }>(
    `SELECT DISTINCT id FROM unnest($1::uuid[]) AS id
     WHERE NOT EXISTS (SELECT 1 FROM notifications n WHERE n.handoff_id = id AND n.delivered_at IS NOT NULL)`,
    [handoffIds],
  );
  return new Set(found.map(({ id }) => id));
}

export interface AttemptResult {
  readonly id: string;
  /** Which claim it comes of. */
  readonly claim: number;
  readonly state: 'delivered' | 'failed' | 'due' | 'withdrawn';
  /** What counts as one: a copy that had to wait was not attempted. */
  readonly attempts: number;
  readonly error: string | null;
  /** With `due`: how long until the next attempt. */
  readonly retryIn: Seconds;
  /** With `delivered`: what the provider calls the copy, and the version of the packet that it shows. */
  readonly reference: string | null;
  readonly packetVersion: number;
  /** Of the message that it was part of, where it was not one of its own. */
  readonly bundleId: string | null;
}

/** A copy and one claim of it. */
export const claimOf = (id: string, claim: number): string => `${id} ${claim}`;

/**
 * What counts is what the last claim came to, and the first word that the copy is there, whoever brings it: a lease may end while a copy
 * is on its way, as when the database's clock is stepped, and then it is sent by two. One that was withdrawn meanwhile stays so. A copy
 * that was on its way while its handoff ended or changed is stale as soon as it is there.
 * @returns the claims (`claimOf`) whose result counts
 */
export async function recordAttempts(tx: Transaction, results: readonly AttemptResult[]): Promise<ReadonlySet<string>> {
  const counted = await tx.rows<{ id: string; claim: number }>(
    `UPDATE notifications AS n SET last_error = r.error, lease_until = NULL, attempts = r.attempts, reference = r.reference, bundle_id = r.bundle_id,
       state = CASE
         WHEN r.reference IS NOT NULL AND (n.state = 'withdrawn' OR
           r.version < (SELECT d.packet_version FROM desk_items d WHERE d.handoff_id = n.handoff_id)) THEN 'stale'
         ELSE r.state END,
       delivered_at = CASE WHEN r.state = 'delivered' THEN handoff_now() END,
       due_at = CASE WHEN r.state = 'due' THEN handoff_now() + make_interval(secs => r.retry_in) ELSE n.due_at END
     FROM (
       SELECT DISTINCT ON (id) *
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::float8[], $5::text[], $6::int[], $7::int[], $8::uuid[], $9::int[])
         AS t (id, state, error, retry_in, reference, version, attempts, bundle_id, claim)
       ORDER BY id, (state = 'delivered') DESC, claim DESC) AS r
     WHERE n.id = r.id AND CASE WHEN r.state = 'delivered' THEN n.delivered_at IS NULL ELSE n.state = 'sending' AND n.attempts = r.claim END
     RETURNING n.id, r.claim`,
    [
      results.map((it) => it.id),
      results.map((it) => it.state),
      results.map((it) => it.error),
      results.map((it) => it.retryIn),
      results.map((it) => it.reference),
      results.map((it) => it.packetVersion),
      results.map((it) => it.attempts),
      results.map((it) => it.bundleId),
      results.map((it) => it.claim),
    ],
  );
  return new Set(counted.map(({ id, claim }) => claimOf(id, claim)));
}

/** Seconds until the next notification is due, on the database's clock; null where none is waiting. */
export async function nextDueIn(db: EntityManager): Promise<Seconds | null> {
  const [row] = await rows<{ seconds: number | null }>(
    db,
    `SELECT extract(epoch FROM min(CASE WHEN state = 'due' THEN due_at ELSE greatest(due_at, lease_until) END) - handoff_now())::float8 AS seconds
     FROM notifications WHERE state IN ('due', 'sending') AND due_at < 'infinity'`,
  );
  return row?.seconds ?? null;
}
