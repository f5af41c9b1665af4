import type { Transaction } from '@handoff/bus';
import type { HandoffDecision, HandoffId, Packet } from '@handoff/contracts';
import type { DeskItem } from '../domain/desk-item.js';
import { itemOf, type DeskItemRow } from './desk-items.js';
import type { KeptPacket } from './packets.js';

/** What answers are judged by. */
export interface Held {
  readonly items: ReadonlyMap<HandoffId, DeskItem>;
  readonly decisions: ReadonlyMap<HandoffId, HandoffDecision>;
  packet(handoffId: HandoffId, version: number): Packet | undefined;
}

/**
 * The items of these handoffs, locked until the transaction ends, with the newest version of their packets, the versions that were
 * on a screen, and the decisions of those that have ended. All goes out at once, and Postgres reads the rest behind the lock.
 */
export async function holdAnswered(
  tx: Transaction,
  answered: readonly { readonly handoffId: HandoffId; readonly version: number }[],
): Promise<Held> {
  const ids = answered.map((it) => it.handoffId);
  const [items, packets, decisions] = await Promise.all([
    tx.rows<DeskItemRow>('SELECT * FROM desk_items WHERE handoff_id = ANY($1::uuid[]) ORDER BY handoff_id FOR UPDATE', [ids]),
    tx.rows<KeptPacket>(
      `SELECT p.* FROM packets p JOIN desk_items d USING (handoff_id)
       WHERE p.handoff_id = ANY($1::uuid[]) AND (p.packet_version = d.packet_version OR EXISTS (
         SELECT FROM unnest($1::uuid[], $2::int[]) AS seen (id, version) WHERE seen.id = p.handoff_id AND seen.version = p.packet_version))`,
      [ids, answered.map((it) => it.version)],
    ),
    tx.rows<{ handoff_id: HandoffId; decision: HandoffDecision }>(
      'SELECT handoff_id, decision FROM decisions WHERE handoff_id = ANY($1::uuid[])',
      [ids],
    ),
  ]);
  const byVersion = new Map(packets.map((row) => [`${row.handoff_id} ${row.packet_version}`, row.packet]));
  return {
    items: new Map(items.map((row) => [row.handoff_id, itemOf(row)])),
    decisions: new Map(decisions.map((row) => [row.handoff_id, row.decision])),
    packet: (handoffId, version) => byVersion.get(`${handoffId} ${version}`),
  };
}
