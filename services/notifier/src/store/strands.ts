import type { DecisionType, EndType, HandoffId, Kind, TaskId, TenantId, Strand } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { DeskRow } from './desk-views.js';

/** Another handoff of the same history, in a line. */
export interface KinRow {
  readonly handoff_id: HandoffId;
  readonly task_id: TaskId;
  readonly kind: Kind;
  readonly title: string;
  readonly state: string;
  readonly ended_as: DecisionType | EndType | null;
}

const MOST = 20;
const KIN = `d.handoff_id, d.task_id, d.kind, d.title, d.state, x.decision ->> 'type' AS ended_as
  FROM desk_items d LEFT JOIN decisions x USING (handoff_id)`;

/** What was asked within it, the oldest first. */
export const askedWithin = (db: EntityManager, { tenant, handoff_id }: DeskRow): Promise<KinRow[]> =>
  rows<KinRow>(
    db,
    `SELECT ${KIN} WHERE d.within = $1 AND d.tenant = $2 AND d.task_id IS NOT NULL ORDER BY d.accepted_at, d.handoff_id LIMIT ${MOST}`,
    [handoff_id, tenant],
  );

/** The delegation that it was asked within. */
export async function delegationOf(db: EntityManager, { tenant, within }: DeskRow): Promise<KinRow | null> {
  if (within === null) return null;
  const [found] = await rows<KinRow>(db, `SELECT ${KIN} WHERE d.handoff_id = $1 AND d.tenant = $2 AND d.task_id IS NOT NULL`, [
    within,
    tenant,
  ]);
  return found ?? null;
}

/** What has one history: the delegation first, then what was asked within it, the one that is named before the newest others. */
export interface Kin {
  /** Empty where the desk has not heard of the one that is named. */
  readonly strands: readonly Strand[];
  /** How many older ones there are besides. */
  readonly leftOut: number;
}

/** @param handoffId of a delegation, or of what was asked within one */
export async function kinOf(db: EntityManager, tenant: TenantId, handoffId: HandoffId): Promise<Kin> {
  const found = await rows<Strand & { readonly of: number }>(
    db,
    `WITH named AS (SELECT coalesce(within, handoff_id) AS first FROM desk_items WHERE handoff_id = $1 AND tenant = $2)
     SELECT d.handoff_id, d.task_id, d.kind, count(*) OVER ()::int AS of
     FROM named JOIN desk_items d ON d.handoff_id = named.first OR d.within = named.first
     WHERE d.tenant = $2 ORDER BY d.within IS NOT NULL, d.handoff_id = $1 DESC, d.accepted_at DESC, d.handoff_id LIMIT ${MOST}`,
    [handoffId, tenant],
  );
  return { strands: found.map(({ of: _, ...strand }) => strand), leftOut: (found[0]?.of ?? 0) - found.length };
}
