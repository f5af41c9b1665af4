import type { HandoffId, TenantId } from '@handoff/contracts';
import type { ReadHistory } from '@handoff/runtime';
import { rows, type EntityManager } from '@handoff/store';
import { traceIdOf } from '@handoff/telemetry';
import { tellItem, type ToldCopy, type ToldSeen } from '../domain/tell-item.js';
import { decisionOf } from './decisions.js';
import { threadOf } from './moves.js';

const MOST = 300;

export const historyOf: ReadHistory = async (db, { tenant, handoffId, mayAudit }) => {
  const [item] = await rows<{ traceparent: string | null }>(
    db,
    'SELECT traceparent FROM desk_items WHERE handoff_id = $1 AND tenant = $2',
    [handoffId, tenant],
  );
  if (!item) return [];
  const [copies, moves, decision, seen] = await Promise.all([
    copiesOf(db, handoffId),
    threadOf(db, handoffId),
    decisionOf(db, handoffId),
    mayAudit ? seenOf(db, tenant, handoffId) : [],
  ]);
  return tellItem({ traceId: traceIdOf(item.traceparent), copies, moves, decision, seen }, mayAudit);
};

const copiesOf = (db: EntityManager, handoffId: HandoffId): Promise<ToldCopy[]> =>
  rows<ToldCopy>(
    db,
    `SELECT level, cycle, recipient, channel, state, due_at, attempts, last_error, delivered_at, seen_at FROM notifications
     WHERE handoff_id = $1 ORDER BY level DESC, cycle DESC LIMIT ${MOST}`,
    [handoffId],
  );

const seenOf = (db: EntityManager, tenant: TenantId, handoffId: HandoffId): Promise<ToldSeen[]> =>
  rows<ToldSeen>(
    db,
    `SELECT at, subject FROM audit_log WHERE handoff_id = $1 AND tenant = $2 AND act = 'seen' ORDER BY at DESC LIMIT ${MOST}`,
    [handoffId, tenant],
  );
