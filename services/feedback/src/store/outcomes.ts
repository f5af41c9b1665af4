import type { Transaction } from '@handoff/bus';
import { deriveId, type HandoffId, type HandoffMove, type Seconds, type TenantId } from '@handoff/contracts';
import type { Outcome } from '../domain/read-outcome.js';

/** How long the records of a handoff may come after the outcome that is about it. */
const LOOK_AGAIN_SECONDS = 60 as Seconds;
/** One that names a handoff is about that alone, so it waits longer. */
const WAIT_FOR_NAMED_HOURS = 24;

/** For task and agent: they are those of the handoff, whichever they are. */
const OF_ITS_HANDOFF = '';

/** An outcome, and the handoff that it is about. */
export interface Link {
  readonly outcome_id: string;
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
}

/** @returns the ids of those that are new; the same again is known already */
export async function keepOutcomes(tx: Transaction, outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const kept = await tx.rows<{ outcome_id: string }>(
    `INSERT INTO outcomes (outcome_id, tenant, agent_id, task_id, result, handoff_id, decision_id, executed_digest, ended_at, text, packet, received_at)
     SELECT o.*, clock.at FROM jsonb_to_recordset($1) AS o (outcome_id uuid, tenant text, agent_id text, task_id text, result text, handoff_id uuid,
       decision_id uuid, executed_digest text, ended_at timestamptz, text text, packet jsonb), (SELECT handoff_now() AS at) AS clock
     ON CONFLICT DO NOTHING RETURNING outcome_id`,
    [JSON.stringify(outcomes)],
  );
  return kept.map(({ outcome_id }) => outcome_id);
}

/**
 * Who took a task over says that it is done: an outcome, told at the desk, of a handoff whose records may come later, as after a restore.
 * @returns the ids of those that are new
 */
export async function keepDone(tx: Transaction, moves: readonly HandoffMove[]): Promise<readonly string[]> {
  const done = moves.map((it) => ({ ...it, outcome_id: deriveId('outcome', 'done', it.handoff_id, it.sequence), note: it.note ?? '' }));
  const kept = await tx.rows<{ outcome_id: string }>(
    `INSERT INTO outcomes (outcome_id, tenant, agent_id, task_id, result, handoff_id, decision_id, ended_at, text, received_at)
       SELECT m.outcome_id, m.tenant, '${OF_ITS_HANDOFF}', '${OF_ITS_HANDOFF}', 'succeeded', m.handoff_id, m.decision_id, m.moved_at, m.note, clock.at
       FROM jsonb_to_recordset($1) AS m (outcome_id uuid, tenant text, handoff_id uuid, decision_id uuid, moved_at timestamptz, note text),
            (SELECT handoff_now() AS at) AS clock
     ON CONFLICT DO NOTHING RETURNING outcome_id`,
    [JSON.stringify(done)],
  );
  return kept.map(({ outcome_id }) => outcome_id);
}

/** Of its own agent and task alone; where it names none, the one that was decided last. */
export async function findLinks(tx: Transaction, outcomeIds: readonly string[]): Promise<readonly Link[]> {
  return await tx.rows<Link>(
    `SELECT o.outcome_id, of.handoff_id, o.tenant FROM outcomes o CROSS JOIN LATERAL (
       SELECT r.handoff_id FROM recommendations r JOIN examples e USING (handoff_id) LEFT JOIN decisions d USING (handoff_id)
       WHERE r.task_id = o.task_id AND r.agent_id = o.agent_id AND e.tenant = o.tenant
         AND (o.handoff_id IS NULL OR r.handoff_id = o.handoff_id) AND (o.decision_id IS NULL OR d.decision_id = o.decision_id)
       ORDER BY d.decided_at DESC NULLS LAST, r.accepted_at DESC, r.handoff_id LIMIT 1) AS of
     WHERE o.outcome_id = ANY($1) AND o.task_id <> '${OF_ITS_HANDOFF}'
     UNION ALL
     SELECT o.outcome_id, o.handoff_id, o.tenant FROM outcomes o JOIN recommendations r USING (handoff_id)
     WHERE o.outcome_id = ANY($1) AND o.task_id = '${OF_ITS_HANDOFF}' AND r.packet_version = 1`,
    [outcomeIds],
  );
}

/** Under the locks of their examples. */
export async function keepLinks(tx: Transaction, links: readonly Link[]): Promise<void> {
  await tx.rows(`INSERT INTO outcome_links (outcome_id, handoff_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`, [
    links.map(({ outcome_id }) => outcome_id),
    links.map(({ handoff_id }) => handoff_id),
  ]);
}

/** To be looked at again: what they are about may come yet. */
export async function letWait(tx: Transaction, outcomeIds: readonly string[]): Promise<void> {
  if (outcomeIds.length === 0) return;
  await tx.rows(
    `INSERT INTO waiting_outcomes (outcome_id, look_at, until)
     SELECT outcome_id, clock.at + make_interval(secs => $2),
            clock.at + CASE WHEN handoff_id IS NULL AND decision_id IS NULL THEN make_interval(secs => $2) ELSE make_interval(hours => $3) END
     FROM outcomes, (SELECT handoff_now() AS at) AS clock WHERE outcome_id = ANY($1)`,
    [outcomeIds, LOOK_AGAIN_SECONDS, WAIT_FOR_NAMED_HOURS],
  );
}

export interface Waiting {
  readonly outcome_id: string;
  /** It has waited for long enough. */
  readonly isOver: boolean;
  /** It names a decision or a handoff. */
  readonly isNamed: boolean;
}

/** Rows that another replica works on are left to it. */
export async function findWaiting(tx: Transaction, limit: number): Promise<readonly Waiting[]> {
  return await tx.rows<Waiting>(
    `SELECT w.outcome_id, w.until <= clock.at AS "isOver", (o.handoff_id IS NOT NULL OR o.decision_id IS NOT NULL) AS "isNamed"
     FROM waiting_outcomes w JOIN outcomes o USING (outcome_id), (SELECT handoff_now() AS at) AS clock
     WHERE w.look_at <= clock.at ORDER BY w.look_at LIMIT $1 FOR UPDATE OF w SKIP LOCKED`,
    [limit],
  );
}

/** @param over those that wait no more; the others are looked at again */
export async function endWaiting(tx: Transaction, over: readonly string[], others: readonly string[]): Promise<void> {
  await Promise.all([
    tx.rows('DELETE FROM waiting_outcomes WHERE outcome_id = ANY($1)', [over]),
    tx.rows('UPDATE waiting_outcomes SET look_at = handoff_now() + make_interval(secs => $2) WHERE outcome_id = ANY($1)', [
      others,
      LOOK_AGAIN_SECONDS,
    ]),
  ]);
}
