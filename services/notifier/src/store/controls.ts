import type { Transaction } from '@handoff/bus';
import {
  controlId,
  newestControls,
  type Channel,
  type Control,
  type HandoffControl,
  type PersonId,
  type Seconds,
  type TenantId,
} from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

interface ControlRow extends Omit<HandoffControl, 'until' | 'changed_at'> {
  readonly until: Date;
  readonly changed_at: Date;
}

export interface ControlChange {
  readonly tenant: TenantId;
  readonly control: Control;
  readonly name: string;
  readonly reason: string;
  readonly by: PersonId;
  /** How long the pause is to last; null ends it. */
  readonly forSeconds: Seconds | null;
}

/** @returns the control as it stands now; null where there was no pause to end */
export async function changeControl(
  tx: Transaction,
  { tenant, control, name, reason, by, forSeconds }: ControlChange,
): Promise<HandoffControl | null> {
  const paused = forSeconds !== null;
  const [row] = await tx.rows<ControlRow>(
    `INSERT INTO controls AS c (id, tenant, control, name, paused, until, reason, changed_by, changed_at, version)
     SELECT $1, $2, $3, $4, true, clock.at + make_interval(secs => $5), $6, $7, clock.at, 1
     FROM (SELECT handoff_now() AS at) AS clock WHERE $8
     ON CONFLICT (id) DO UPDATE SET paused = true, until = excluded.until, reason = excluded.reason, changed_by = excluded.changed_by,
       changed_at = excluded.changed_at, version = c.version + 1
     RETURNING *`,
    [controlId(tenant, control, name), tenant, control, name, forSeconds ?? 0, reason, by, paused],
  );
  return row ? eventOf(row) : endPause(tx, controlId(tenant, control, name), reason, by);
}

async function endPause(tx: Transaction, id: string, reason: string, by: PersonId): Promise<HandoffControl | null> {
  const [row] = await tx.rows<ControlRow>(
    `UPDATE controls SET paused = false, reason = $2, changed_by = $3, changed_at = handoff_now(), version = version + 1
     WHERE id = $1 AND paused AND until > handoff_now() RETURNING *`,
    [id, reason, by],
  );
  return row ? eventOf(row) : null;
}

/** What leads did before this schema was restored holds, and is in the audit log; whatever is newer stays. */
export async function relearnControls(tx: Transaction, controls: readonly HandoffControl[]): Promise<void> {
  await tx.rows(
    `WITH forgotten AS (
       INSERT INTO controls AS c SELECT r.* FROM jsonb_populate_recordset(NULL::controls, $1) AS r
       ON CONFLICT (id) DO UPDATE SET paused = excluded.paused, until = excluded.until, reason = excluded.reason,
         changed_by = excluded.changed_by, changed_at = excluded.changed_at, version = excluded.version
       WHERE c.version < excluded.version RETURNING *)
     INSERT INTO audit_log (id, at, tenant, subject, act, details, channel)
     SELECT gen_random_uuid(), changed_at, tenant, changed_by, CASE WHEN paused THEN 'pause' ELSE 'resume' END,
            jsonb_build_object('control', control, 'name', name, 'reason', reason, 'until', until), 'desk' FROM forgotten`,
    [JSON.stringify(newestControls(controls))],
  );
}

/** What is paused now, the one that ends first before the others. */
export async function pausesOf(db: EntityManager, tenant: TenantId): Promise<readonly HandoffControl[]> {
  const found = await rows<ControlRow>(
    db,
    'SELECT * FROM controls WHERE tenant = $1 AND paused AND until > handoff_now() ORDER BY until, id',
    [tenant],
  );
  return found.map(eventOf);
}

/** What waited for the end of a channel's pause is due at once. */
export async function releaseChannel(tx: Transaction, tenant: TenantId, channel: string): Promise<void> {
  await tx.rows(
    `UPDATE notifications AS n SET due_at = handoff_now() FROM desk_items d
     WHERE d.handoff_id = n.handoff_id AND d.tenant = $1 AND n.channel = $2 AND n.state = 'due' AND n.last_error LIKE $3`,
    [tenant, channel, `${HELD}%`],
  );
}

/** How the error of a copy begins that waits for the end of a pause. */
export const HELD = 'Paused: ';

export interface ChannelPause {
  readonly tenant: TenantId;
  readonly name: Channel;
  readonly reason: string;
  readonly left: Seconds;
}

/** A list of `ChannelPause`, or null: an expression, so that whoever reads what is due reads it in the same statement. */
export const PAUSED_CHANNELS = `(
  SELECT jsonb_agg(jsonb_build_object('tenant', tenant, 'name', name, 'reason', reason, 'left', extract(epoch FROM until - handoff_now())))
  FROM controls WHERE control = 'channel' AND paused AND until > handoff_now())`;

const eventOf = (row: ControlRow): HandoffControl => ({ ...row, until: row.until.toISOString(), changed_at: row.changed_at.toISOString() });
