import type { Transaction } from '@handoff/bus';
import type { HandoffId } from '@handoff/contracts';

/** One sequence number for each mention of a handoff; of several, the first is returned and the others follow it. */
export async function takeSequences(tx: Transaction, handoffIds: readonly HandoffId[]): Promise<Map<HandoffId, number>> {
  if (handoffIds.length === 0) return new Map();
  const found = await tx.rows<{ handoff_id: HandoffId; first: number }>(
    `WITH wanted AS (SELECT id, count(*)::int AS n FROM unnest($1::uuid[]) AS id GROUP BY id),
          locked AS (SELECT d.handoff_id FROM desk_items d JOIN wanted ON wanted.id = d.handoff_id ORDER BY d.handoff_id FOR UPDATE OF d)
     UPDATE desk_items AS d SET sequence = d.sequence + wanted.n FROM wanted, locked
     WHERE d.handoff_id = wanted.id AND locked.handoff_id = d.handoff_id
     RETURNING d.handoff_id, d.sequence - wanted.n + 1 AS first`,
    [handoffIds],
  );
  return new Map(found.map((row) => [row.handoff_id, row.first]));
}

/** The lock that taking them needs, early: for whoever must first look at what belongs to the items. */
export function lockForSequences(tx: Transaction, handoffIds: readonly HandoffId[]): void {
  if (handoffIds.length === 0) return;
  tx.write('SELECT FROM desk_items WHERE handoff_id = ANY($1::uuid[]) ORDER BY handoff_id FOR UPDATE', [handoffIds]);
}
