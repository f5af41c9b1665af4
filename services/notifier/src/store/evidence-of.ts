import type { HandoffId, JsonObject, Packet } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { digestOf, type Evidence } from '../domain/evidence.js';
import { readAudit } from './audit-log.js';
import type { DeskRow } from './desk-views.js';
import { threadOf } from './moves.js';

const MOST_ENTRIES = 10_000;

/** What is kept of a handoff, all read at one instant. */
export async function evidenceOf(db: EntityManager, row: DeskRow, by: string): Promise<Evidence> {
  const id: HandoffId = row.handoff_id;
  const filter = { handoffId: id, subject: null, act: null, since: null, before: null, after: null, limit: MOST_ENTRIES };
  const [packets, notifications, moves, audit] = await Promise.all([
    rows<{ packet_version: number; packet: Packet }>(
      db,
      'SELECT packet_version, packet FROM packets WHERE handoff_id = $1 ORDER BY packet_version',
      [id],
    ),
    rows<object>(
      db,
      `SELECT level, cycle, recipient, channel, state, attempts, last_error, delivered_at FROM notifications WHERE handoff_id = $1
       ORDER BY level, cycle, recipient, channel`,
      [id],
    ),
    threadOf(db, id),
    readAudit(db, row.tenant, filter),
  ]);
  return JSON.parse(
    JSON.stringify({
      format: 'handoff-evidence/1',
      tenant: row.tenant,
      handoff_id: id,
      exported_at: row.now,
      exported_by: by,
      handoff: handoffOf(row),
      packets: packets.map(({ packet_version, packet }) => ({ packet_version, sha256: digestOf(packet), packet })),
      routed: row.routed,
      notifications,
      moves,
      decision: row.decision,
      audit: audit.entries.toReversed(),
    }),
  ) as Evidence; // instants as texts
}

const handoffOf = (row: DeskRow): JsonObject => ({
  ...{ task_id: row.task_id, agent_id: row.agent_id, kind: row.kind, urgency: row.urgency, title: row.title, reason_code: row.reason_code },
  ...{
    state: row.state,
    packet_version: row.packet_version,
    action_digest: row.action_digest,
    masked: row.masked ?? [],
    within: row.within,
  },
  ...{ accepted_at: row.accepted_at?.toISOString() ?? null, acknowledged_by: row.acknowledged_by },
});
