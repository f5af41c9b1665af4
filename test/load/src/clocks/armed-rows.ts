import type { Pool } from 'pg';
import type { Deadline } from './deadlines.js';

const AT_A_TIME = 10_000;
/** A level's own: `ack_by`, two warnings, `decide_by`. */
const CLOCKS_OF_A_LEVEL = 4;

const HANDOFFS = `sla_monitor.handoffs (handoff_id, tenant, state, packet_version, urgency, accepted_at, level, cycle, routed_at, ack_by, decide_by,
  sla_class, sla_due_at, sequence, accepted_sequence, routed_sequence, moved_sequence)`;
const valuesOf = (dueAt: string): string =>
  `'default', 'open', 1, 'medium', handoff_now(), 1, 1, handoff_now(), ${dueAt}, ${dueAt}, 'normal', ${dueAt}, 0, 1, 1, 0`;

/** Handoffs in the middle of their first level, none of whose clocks is due for a day; as many clocks as that, in the rows that the service writes. */
export async function armBeside(db: Pool, clocks: number): Promise<number> {
  const handoffs = Math.ceil(clocks / CLOCKS_OF_A_LEVEL);
  await db.query(
    `WITH armed AS (
       INSERT INTO ${HANDOFFS} SELECT gen_random_uuid(), ${valuesOf('due_at')}
       FROM (SELECT handoff_now() + interval '1 day' + n * interval '1 second' AS due_at FROM generate_series(1, $1::int) AS n) AS made
       RETURNING handoff_id, decide_by)
     INSERT INTO sla_monitor.clocks (handoff_id, clock, share, level, cycle, due_at, armed_at)
     SELECT handoff_id, clock, share, 1, 1, decide_by - (1 - share) * interval '1 hour', handoff_now()
     FROM armed, (VALUES ('ack_by', 1), ('decide_by', 0.5), ('decide_by', 0.8), ('decide_by', 1)) AS clock_of (clock, share)`,
    [handoffs],
  );
  await settle(db);
  return handoffs * CLOCKS_OF_A_LEVEL;
}

/** What an outage finds: rows that are there, and nobody told. */
export async function leave(db: Pool, deadlines: readonly Deadline[]): Promise<void> {
  for (let at = 0; at < deadlines.length; at += AT_A_TIME) {
    const some = deadlines.slice(at, at + AT_A_TIME);
    await db.query(
      `WITH armed AS (
         INSERT INTO ${HANDOFFS} SELECT id, ${valuesOf('due_at')} FROM unnest($1::uuid[], $2::timestamptz[]) AS left_behind (id, due_at)
         RETURNING handoff_id, decide_by)
       INSERT INTO sla_monitor.clocks (handoff_id, clock, share, level, cycle, due_at, armed_at)
       SELECT handoff_id, 'decide_by', 1, 1, 1, decide_by, handoff_now() FROM armed`,
      [some.map(({ handoffId }) => handoffId), some.map(({ dueAt }) => new Date(dueAt))],
    );
  }
  await settle(db);
}

/** So that what the filling leaves to be done, which an installation does over days, is not done while something is measured. */
async function settle(db: Pool): Promise<void> {
  await db.query('VACUUM ANALYZE sla_monitor.handoffs, sla_monitor.clocks');
  await db.query('CHECKPOINT');
}

export async function countDueBetween(db: Pool, from: number, until: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int FROM sla_monitor.clocks WHERE due_at >= $1 AND due_at < $2 AND clock = 'decide_by'`,
    [new Date(from), new Date(until)],
  );
  return rows[0]?.count ?? 0;
}
