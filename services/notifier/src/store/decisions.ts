import type { Transaction } from '@handoff/bus';
import { newId, type Channel, type DecisionId, type HandoffDecision, type HandoffId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { SignedIn } from './sessions.js';
import { CAN_GO_STALE, STALE_FROM } from './stale-copies.js';

/**
 * Keeps the endings, withdraws what was not sent yet, has the copies that were sent closed, and writes who did it when, in one statement: an
 * answer is a person's, and each round trip is one that she waits for. The primary key refuses a second ending of the same handoff.
 * @param addresses where answers came from; left out for what no request brought
 */
export async function keepDecisions(
  tx: Transaction,
  decisions: readonly HandoffDecision[],
  addresses: ReadonlyMap<HandoffId, string | null> = new Map(),
): Promise<void> {
  await tx.rows(
    `WITH ended AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
         AS it (handoff_id, decision_id, decision, decided_at, audit_id, tenant, subject, act, channel, address)),
     kept AS (
       INSERT INTO decisions (handoff_id, decision_id, decision, decided_at) SELECT handoff_id, decision_id, decision, decided_at FROM ended),
     withdrawn AS (
       UPDATE notifications SET
         state = CASE WHEN ${CAN_GO_STALE} THEN 'stale' ELSE 'withdrawn' END,
         attempts = CASE WHEN ${CAN_GO_STALE} THEN 0 ELSE attempts END,
         due_at = CASE WHEN ${CAN_GO_STALE} THEN ${STALE_FROM} ELSE due_at END
       WHERE handoff_id = ANY($1::uuid[]) AND (state IN ('due', 'sending') OR ${CAN_GO_STALE}))
     INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details, channel, address)
     SELECT audit_id, decided_at, tenant, subject, act, handoff_id, jsonb_build_object('decision_id', decision_id), channel, address FROM ended`,
    [
      decisions.map((it) => it.handoff_id),
      decisions.map((it) => it.decision_id),
      decisions.map((it) => JSON.stringify(it)),
      decisions.map((it) => it.decided_at),
      decisions.map(() => newId()),
      decisions.map((it) => it.tenant),
      decisions.map((it) => it.decided_by[0]?.subject ?? 'routing'),
      decisions.map((it) => it.type),
      decisions.map((it) => it.decided_by[0]?.channel ?? null),
      decisions.map((it) => addresses.get(it.handoff_id) ?? null),
    ],
  );
}

export async function decisionOf(db: EntityManager, handoffId: HandoffId): Promise<HandoffDecision | null> {
  const [row] = await rows<{ decision: HandoffDecision }>(db, 'SELECT decision FROM decisions WHERE handoff_id = $1', [handoffId]);
  return row?.decision ?? null;
}

export async function decisionsById(tx: Transaction, ids: readonly DecisionId[]): Promise<readonly HandoffDecision[]> {
  const found = await tx.rows<{ decision: HandoffDecision }>('SELECT decision FROM decisions WHERE decision_id = ANY($1::uuid[])', [ids]);
  return found.map(({ decision }) => decision);
}

export interface Act {
  readonly tenant: TenantId;
  readonly subject: string;
  readonly act: string;
  readonly handoffId: HandoffId | null;
  readonly details: object;
  readonly channel?: Channel;
  readonly address?: string | null;
}

/** What a person has done on the desk that is about no handoff. */
export const deskAct = ({ person, tenant, address = null }: SignedIn, act: string, details: object = {}): Act => ({
  ...{ tenant, subject: person.subject, act, handoffId: null, details, address },
});

/** Who did what, when; in the transaction that does it. */
export async function audit(tx: Transaction, acts: readonly Act[]): Promise<void> {
  await tx.rows(
    `INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details, channel, address)
     SELECT id, handoff_now(), tenant, subject, act, handoff_id, details, channel, address
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::jsonb[], $7::text[], $8::text[])
       AS it (id, tenant, subject, act, handoff_id, details, channel, address)`,
    [
      acts.map(() => newId()),
      acts.map((it) => it.tenant),
      acts.map((it) => it.subject),
      acts.map((it) => it.act),
      acts.map((it) => it.handoffId),
      acts.map((it) => JSON.stringify(it.details)),
      acts.map((it) => it.channel ?? 'desk'),
      acts.map((it) => it.address ?? null),
    ],
  );
}
