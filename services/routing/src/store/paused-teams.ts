import type { Transaction } from '@handoff/bus';
import { newestControls, type HandoffControl } from '@handoff/contracts';

export async function keepPauses(tx: Transaction, pauses: readonly HandoffControl[]): Promise<void> {
  if (pauses.length === 0) return;
  await tx.rows(
    `INSERT INTO paused_teams AS p (id, until, version)
     SELECT id, CASE WHEN paused THEN until END, version
     FROM jsonb_to_recordset($1) AS c (id text, paused boolean, until timestamptz, version int) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET until = excluded.until, version = excluded.version WHERE p.version < excluded.version`,
    [JSON.stringify(newestControls(pauses))],
  );
}

/** The database's clock, and who is paused by it: a statement that every batch makes anyway. */
export async function standingNow(tx: Transaction): Promise<{ readonly now: Date; readonly paused: ReadonlySet<string> }> {
  const [row] = await tx.rows<{ now: Date; paused: readonly string[] }>(
    `SELECT clock.now, ARRAY(SELECT id FROM paused_teams WHERE until > clock.now) AS paused FROM (SELECT handoff_now() AS now) AS clock`,
  );
  return { now: row?.now ?? new Date(Number.NaN), paused: new Set(row?.paused) };
}
