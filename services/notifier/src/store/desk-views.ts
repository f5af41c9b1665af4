import type { DecisionId, HandoffDecision, HandoffId, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { DeskItemRow } from './desk-items.js';

export type DeskRow = DeskItemRow & { readonly decision: HandoffDecision | null; readonly now: Date };

const MOST = 500;

/** What waits, least time first; or what has ended, newest first. */
export function listRows(db: EntityManager, tenant: TenantId, state: 'open' | 'ended'): Promise<DeskRow[]> {
  const order = state === 'open' ? 'd.decide_by, d.handoff_id' : 'd.ended_at DESC, d.handoff_id';
  return rows<DeskRow>(
    db,
    `SELECT d.*, x.decision, handoff_now() AS now FROM desk_items d LEFT JOIN decisions x USING (handoff_id)
     WHERE d.tenant = $1 AND d.state = $2 AND d.task_id IS NOT NULL ORDER BY ${order} LIMIT ${MOST}`,
    [tenant, state],
  );
}

export async function findRow(db: EntityManager, tenant: TenantId, handoffId: HandoffId): Promise<DeskRow | null> {
  const [row] = await rows<DeskRow>(
    db,
    `SELECT d.*, x.decision, handoff_now() AS now FROM desk_items d LEFT JOIN decisions x USING (handoff_id)
     WHERE d.handoff_id = $1 AND d.tenant = $2 AND d.task_id IS NOT NULL`,
    [handoffId, tenant],
  );
  return row ?? null;
}

export interface RelatedRow {
  readonly handoff_id: HandoffId;
  readonly title: string;
  readonly state: string;
  readonly duplicate_of: HandoffId | null;
  readonly decision_id: DecisionId | null;
}

/** Other handoffs of the same agent's task. */
export function relatedRows(db: EntityManager, of: DeskRow): Promise<RelatedRow[]> {
  return rows<RelatedRow>(
    db,
    `SELECT d.handoff_id, d.title, d.state, d.routed ->> 'duplicate_of' AS duplicate_of, x.decision_id
     FROM desk_items d LEFT JOIN decisions x USING (handoff_id)
     WHERE d.tenant = $1 AND d.agent_id = $2 AND d.task_id = $3 AND d.handoff_id <> $4 ORDER BY d.accepted_at LIMIT 50`,
    [of.tenant, of.agent_id, of.task_id, of.handoff_id],
  );
}
