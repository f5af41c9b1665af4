import type { Transaction } from '@handoff/bus';
import type { HandoffAccepted, HandoffId, Packet, PacketCompleteness } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

export async function keepPackets(tx: Transaction, events: readonly HandoffAccepted[]): Promise<void> {
  if (events.length === 0) return;
  await tx.rows(
    `INSERT INTO packets (handoff_id, packet_version, packet, completeness)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::jsonb[], $4::jsonb[]) ON CONFLICT DO NOTHING`,
    [
      events.map((it) => it.handoff_id),
      events.map((it) => it.packet_version),
      events.map((it) => JSON.stringify(it.packet)),
      events.map((it) => JSON.stringify(it.completeness)),
    ],
  );
}

export interface KeptPacket {
  readonly handoff_id: HandoffId;
  readonly packet_version: number;
  readonly packet: Packet;
  readonly completeness: PacketCompleteness;
}

/** Of each handoff, the version that is asked for. */
export async function packetsOf(
  db: EntityManager,
  wanted: readonly { readonly handoffId: HandoffId; readonly version: number }[],
): Promise<Map<HandoffId, KeptPacket>> {
  const found = await rows<KeptPacket>(
    db,
    `SELECT p.* FROM packets p JOIN unnest($1::uuid[], $2::int[]) AS w (handoff_id, packet_version) USING (handoff_id, packet_version)`,
    [wanted.map((it) => it.handoffId), wanted.map((it) => it.version)],
  );
  return new Map(found.map((row) => [row.handoff_id, row]));
}

/** Every version, the oldest first; how many there are is the agent's doing, and each is small beside the whole. */
export function versionsOf(db: EntityManager, handoffId: HandoffId): Promise<KeptPacket[]> {
  return rows<KeptPacket>(db, 'SELECT * FROM packets WHERE handoff_id = $1 ORDER BY packet_version', [handoffId]);
}
