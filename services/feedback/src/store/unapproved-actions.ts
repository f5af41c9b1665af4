import type { Transaction } from '@handoff/bus';
import type { AgentId, DecisionId, HandoffId } from '@handoff/contracts';

/** What was carried out is not what was approved. */
export interface Unapproved {
  readonly outcome_id: string;
  readonly handoff_id: HandoffId;
  readonly decision_id: DecisionId;
  readonly agent_id: AgentId;
}

export async function keepUnapproved(tx: Transaction, found: readonly Unapproved[]): Promise<void> {
  if (found.length === 0) return;
  await tx.rows(
    `INSERT INTO unapproved_actions (outcome_id, handoff_id, decision_id, found_at)
     SELECT outcome_id, handoff_id, decision_id, handoff_now()
     FROM jsonb_to_recordset($1) AS f (outcome_id uuid, handoff_id uuid, decision_id uuid) ON CONFLICT DO NOTHING`,
    [JSON.stringify(found)],
  );
}
