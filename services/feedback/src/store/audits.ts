import type { Transaction } from '@handoff/bus';
import { AUDIT_AGENT, CANARY_AGENT, type DirectoryEntry } from '@handoff/contracts';
import type { Audited } from '../domain/audit-packet.js';

/** By the newest version of each policy. */
export async function keepShares(tx: Transaction, policies: readonly DirectoryEntry[]): Promise<void> {
  const newest = new Map(policies.toSorted((one, other) => one.version - other.version).map((it) => [`${it.tenant} ${it.id}`, it]));
  const rows = [...newest.values()].map(({ tenant, id, version, active, audit_share: share = 0 }) => {
    return { tenant, policy_id: id, version, share: active ? share : 0 };
  });
  await tx.rows(
    `INSERT INTO audit_shares AS a SELECT * FROM jsonb_populate_recordset(NULL::audit_shares, $1)
     ON CONFLICT (tenant, policy_id) DO UPDATE SET version = excluded.version, share = excluded.share WHERE a.version <= excluded.version`,
    [JSON.stringify(rows)],
  );
}

/** A task that could be audited, and the chance with which its tenant's policy wants that. */
export interface Auditable extends Audited {
  readonly share: number;
}

/** Without what it had before it, nobody could judge what an agent did; what nobody wants any more shows nothing. */
export async function findAuditable(tx: Transaction, outcomeIds: readonly string[]): Promise<readonly Auditable[]> {
  return await tx.rows<Auditable>(
    `SELECT o.outcome_id, o.task_id, o.agent_id, o.packet, coalesce((SELECT max(share) FROM audit_shares s WHERE s.tenant = o.tenant), 0) AS share
     FROM outcomes o WHERE outcome_id = ANY($1) AND packet IS NOT NULL AND result <> 'cancelled' AND agent_id <> ALL($2)`,
    [outcomeIds, [AUDIT_AGENT, CANARY_AGENT]],
  );
}

export interface Draw {
  readonly outcome_id: string;
  readonly propensity: number;
  readonly drawn: boolean;
}

/** @returns the ids of those that were not drawn for before: a task is drawn for once */
export async function keepDraws(tx: Transaction, draws: readonly Draw[]): Promise<ReadonlySet<string>> {
  const kept = await tx.rows<{ outcome_id: string }>(
    `INSERT INTO audits (outcome_id, propensity, drawn, drawn_at)
     SELECT outcome_id, propensity, drawn, handoff_now() FROM jsonb_to_recordset($1) AS d (outcome_id uuid, propensity float8, drawn boolean)
     ON CONFLICT DO NOTHING RETURNING outcome_id`,
    [JSON.stringify(draws)],
  );
  return new Set(kept.map(({ outcome_id }) => outcome_id));
}
