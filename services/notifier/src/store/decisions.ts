import type { Transaction } from '@handoff/bus';
import { newId, type HandoffDecision, type HandoffId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

/** Keeps the endings; the primary key refuses a second one of the same handoff. */
export async function keepDecisions(tx: Transaction, decisions: readonly HandoffDecision[]): Promise<void> {
  await tx.rows(
    `INSERT INTO decisions (handoff_id, decision_id, decision, decided_at) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::timestamptz[])`,
    [
      decisions.map((it) => it.handoff_id),
      decisions.map((it) => it.decision_id),
      decisions.map((it) => JSON.stringify(it)),
      decisions.map((it) => it.decided_at),
    ],
  );
}

export async function decisionOf(db: EntityManager, handoffId: HandoffId): Promise<HandoffDecision | null> {
  const [row] = await rows<{ decision: HandoffDecision }>(db, 'SELECT decision FROM decisions WHERE handoff_id = $1', [handoffId]);
  return row?.decision ?? null;
}

export interface Act {
  readonly tenant: TenantId;
  readonly subject: string;
  readonly act: string;
  readonly handoffId: HandoffId | null;
  readonly details: object;
}

/** Who did what, when; in the transaction that does it. */
export async function audit(tx: Transaction, acts: readonly Act[]): Promise<void> {
  await tx.rows(
    `INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details)
     SELECT id, handoff_now(), tenant, subject, act, handoff_id, details
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::jsonb[]) AS it (id, tenant, subject, act, handoff_id, details)`,
    [
      acts.map(() => newId()),
      acts.map((it) => it.tenant),
      acts.map((it) => it.subject),
      acts.map((it) => it.act),
      acts.map((it) => it.handoffId),
      acts.map((it) => JSON.stringify(it.details)),
    ],
  );
}
