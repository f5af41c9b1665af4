import type { Transaction } from '@handoff/bus';
import { DEFAULT_TENANT } from '@handoff/contracts';
import type { Override } from '../domain/duty/schedule.js';
import type { Policy } from '../domain/policy.js';

/** As it was asked for, and by whom. */
export interface NewOverride extends Override {
  readonly note: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** The past stays as it was: one counts from when it was made, and one that was cancelled while it held counts up to then. */
const COLUMNS = 'id, schedule, person, greatest(from_at, created_at) AS "from", least(until_at, cancelled_at) AS "until"';

/** Those that hold now or later, where any of these policies has schedules. */
export async function loadOverrides(tx: Transaction, policies: readonly Policy[]): Promise<readonly Override[]> {
  if (!policies.some(({ schedules = [] }) => schedules.length > 0)) return [];
  return await tx.rows<Override>(
    `SELECT ${COLUMNS} FROM schedule_overrides
     WHERE tenant = $1 AND cancelled_at IS NULL AND until_at > (SELECT handoff_now()) ORDER BY from_at`,
    [DEFAULT_TENANT],
  );
}

/** Those that hold, or held, at some time of a range. */
export function overridesIn(tx: Transaction, from: Date, until: Date): Promise<readonly Override[]> {
  return tx.rows<Override>(
    `SELECT ${COLUMNS} FROM schedule_overrides
     WHERE tenant = $1 AND from_at < $3 AND least(until_at, cancelled_at) > $2 AND coalesce(cancelled_at > from_at, true) ORDER BY from_at`,
    [DEFAULT_TENANT, from, until],
  );
}

/** Of two that are asked for at once, the second sees the first. */
export async function lockOverrides(tx: Transaction): Promise<void> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handoff overrides ' || current_schema(), 0))`);
}

/** @returns it as it counts */
export async function addOverride(tx: Transaction, override: NewOverride): Promise<Override> {
  const { id, schedule, person, from, until, note, createdBy, createdAt } = override;
  const [added] = await tx.rows<Override>(
    `INSERT INTO schedule_overrides (id, tenant, schedule, person, from_at, until_at, note, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
    [id, DEFAULT_TENANT, schedule, person, from, until, note, createdBy, createdAt],
  );
  return added ?? override;
}

export async function findOverride(tx: Transaction, id: string): Promise<(Override & { readonly createdBy: string }) | null> {
  const [row] = await tx.rows<Override & { createdBy: string }>(
    `SELECT ${COLUMNS}, created_by AS "createdBy" FROM schedule_overrides WHERE tenant = $1 AND id = $2`,
    [DEFAULT_TENANT, id],
  );
  return row ?? null;
}

/** @returns false where it was cancelled before, or is over */
export async function cancelOverride(tx: Transaction, id: string, by: string, at: Date): Promise<boolean> {
  const cancelled = await tx.rows(
    `UPDATE schedule_overrides SET cancelled_by = $3, cancelled_at = $4
     WHERE tenant = $1 AND id = $2 AND cancelled_at IS NULL AND until_at > $4 RETURNING id`,
    [DEFAULT_TENANT, id, by, at],
  );
  return cancelled.length > 0;
}
