import type { Transaction } from '@handoff/bus';
import type { HandoffId, TenantId } from '@handoff/contracts';
import { judgeParent, type JudgedParent, type NamedDelegation } from '../domain/judge-parent.js';
import type { Candidate } from './acceptances.js';

type NamedRow = NamedDelegation & { readonly tenant: TenantId };

/** What escalations are asked within. Whether it is still so when they come there, routing says. */
export async function judgeParents(tx: Transaction, escalations: readonly Candidate[]): Promise<ReadonlyMap<Candidate, JudgedParent>> {
  const naming = escalations.flatMap((it) => (it.sent.packet.parent ? [{ it, parent: it.sent.packet.parent }] : []));
  if (naming.length === 0) return new Map();
  const named = await delegationsNamed(
    tx,
    naming.map(({ it: { tenant }, parent }) => ({ tenant, handoff_id: parent.handoff_id ?? null, task_id: parent.task_id ?? null })),
  );
  return new Map(
    naming.map(({ it, parent }) => {
      const own = named.filter(
        ({ tenant, taskId }) => tenant === it.tenant && (parent.handoff_id !== undefined || taskId === parent.task_id),
      );
      return [it, judgeParent(it.agentId, parent, own)];
    }),
  );
}

interface Name {
  readonly tenant: TenantId;
  readonly handoff_id: HandoffId | null;
  /** Looked at where there is no id. */
  readonly task_id: string | null;
}

/** The oldest first. */
function delegationsNamed(tx: Transaction, names: readonly Name[]): Promise<NamedRow[]> {
  return tx.rows<NamedRow>(
    `WITH names AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n (tenant text, handoff_id uuid, task_id text)),
       named AS (SELECT h.handoff_id FROM names n JOIN handoffs h USING (tenant, handoff_id)
         UNION SELECT h.handoff_id FROM names n JOIN handoffs h USING (tenant, task_id) WHERE n.handoff_id IS NULL AND h.ended_at IS NULL)
     SELECT h.tenant, h.handoff_id AS "handoffId", h.task_id AS "taskId", h.ended_at IS NOT NULL AS ended,
       coalesce((SELECT jsonb_agg(jsonb_build_object('agent_id', o.agent_id, 'state', o.state)) FROM offers o WHERE o.handoff_id = h.handoff_id), '[]') AS offers
     FROM named JOIN handoffs h USING (handoff_id) WHERE h.kind = 'delegation' AND h.accepted_at IS NOT NULL ORDER BY h.number`,
    [JSON.stringify(names)],
  );
}
