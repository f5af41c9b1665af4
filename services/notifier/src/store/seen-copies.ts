import type { Transaction } from '@handoff/bus';
import type { HandoffId, PersonId, PushChannel } from '@handoff/contracts';

export interface SeenCopy {
  readonly channel: PushChannel;
  readonly level: number;
  readonly cycle: number;
  readonly attempts: number;
}

/** The person has looked: her copies that were not seen yet are from now on. @returns the newest of them */
export async function markSeen(tx: Transaction, handoffId: HandoffId, subject: PersonId): Promise<SeenCopy | null> {
  const seen = await tx.rows<SeenCopy>(
    `UPDATE notifications SET seen_at = handoff_now()
     WHERE handoff_id = $1 AND recipient = $2 AND delivered_at IS NOT NULL AND seen_at IS NULL
     RETURNING channel, level, cycle, attempts`,
    [handoffId, subject],
  );
  return seen.toSorted((a, b) => b.cycle - a.cycle || b.level - a.level)[0] ?? null;
}
