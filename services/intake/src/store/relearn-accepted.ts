import type { Transaction } from '@handoff/bus';
import type { HandoffAccepted, HandoffId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { deliveredBy } from '../domain/accepted-event.js';
import { NO_PROGRESS } from '../domain/progress.js';
import { Packets } from './packets.js';

/** Puts back what this service's own events tell and its schema has forgotten. */
@Injectable()
export class RelearnAccepted {
  constructor(@Inject(Packets) private readonly packets: Packets) {}

  /** The row says which versions are known. Its sequence does not: a reply, which is on a topic of its own, may have moved it first. */
  async relearn(tx: Transaction, batch: readonly HandoffAccepted[]): Promise<void> {
    const ids = await this.handoffs(tx, batch);
    await this.requests(tx, batch);
    const forgotten = batch.filter(({ handoff_id }) => ids.has(handoff_id));
    if (forgotten.length === 0) return;
    await Promise.all([
      this.packets.keep(tx, forgotten.filter(({ event }) => event !== 'withdrawal_asked').map(packetOf)),
      this.newness(tx, forgotten),
      this.allowances(tx, forgotten),
    ]);
  }

  private async handoffs(tx: Transaction, batch: readonly HandoffAccepted[]): Promise<ReadonlySet<HandoffId>> {
    const relearned = await tx.rows<{ handoff_id: HandoffId }>(
      `INSERT INTO handoffs AS h (handoff_id, tenant, agent_id, task_id, kind, urgency, packet_version, completeness, action_digest,
                                  accepted_at, status, sequence, progress, hands, within, given_by)
       SELECT e.handoff_id, e.tenant, e.agent_id, e.task_id, e.kind, e.packet ->> 'urgency', e.packet_version, e.completeness,
              e.action_digest, e.accepted_at, 'accepted', e.sequence, $2::jsonb, e.hands, e.within, e.given_by
       FROM jsonb_to_recordset($1::jsonb) AS e (handoff_id uuid, tenant text, agent_id text, task_id text, kind text, packet jsonb,
              packet_version int, completeness jsonb, action_digest text, accepted_at timestamptz, sequence int, hands jsonb, within uuid,
              given_by text)
       ORDER BY e.handoff_id
       ON CONFLICT (handoff_id) DO UPDATE SET tenant = excluded.tenant, agent_id = excluded.agent_id, task_id = excluded.task_id,
         kind = excluded.kind, urgency = excluded.urgency, packet_version = excluded.packet_version,
         completeness = excluded.completeness, action_digest = excluded.action_digest, accepted_at = excluded.accepted_at,
         sequence = greatest(h.sequence, excluded.sequence), hands = coalesce(excluded.hands, h.hands), within = coalesce(excluded.within, h.within),
         given_by = coalesce(excluded.given_by, h.given_by)
       WHERE h.accepted_at IS NULL OR h.packet_version < excluded.packet_version OR h.sequence < excluded.sequence
       RETURNING h.handoff_id`,
      [JSON.stringify(batch), JSON.stringify(NO_PROGRESS)],
    );
    return new Set(relearned.map(({ handoff_id }) => handoff_id));
  }

  private async newness(tx: Transaction, forgotten: readonly HandoffAccepted[]): Promise<void> {
    const known = forgotten.flatMap(({ handoff_id, accepted_at, known_by }) =>
      known_by ? [{ handoff_id, accepted_at, ...known_by }] : [],
    );
    await tx.rows(
      `INSERT INTO newness (key, rule, handoff_id, content_digest, until)
       SELECT k.key, k.rule, k.handoff_id, k.content_digest, CASE WHEN k.rule = 'content' THEN k.accepted_at + interval '24 hours' END
       FROM jsonb_to_recordset($1::jsonb) AS k (key uuid, rule text, handoff_id uuid, content_digest text, accepted_at timestamptz)
       ORDER BY k.key
       ON CONFLICT (key) DO UPDATE SET handoff_id = excluded.handoff_id, content_digest = excluded.content_digest, until = excluded.until
       WHERE newness.until < excluded.until`,
      [JSON.stringify(known)],
    );
  }

  /** Pending, until the events that settled them are read again. */
  private async requests(tx: Transaction, batch: readonly HandoffAccepted[]): Promise<void> {
    const asked = batch.filter(({ event, request_id }) => request_id && event !== 'delivered').map(requestOf);
    if (asked.length === 0) return;
    await tx.rows(
      `INSERT INTO requests (request_id, handoff_id, type, reason, packet_version, state, asked_at)
       SELECT r.request_id, r.handoff_id, r.type, r.reason, r.packet_version, 'pending', coalesce(r.asked_at, handoff_now())
       FROM jsonb_to_recordset($1::jsonb) AS r (request_id uuid, handoff_id uuid, type text, reason text, packet_version int, asked_at timestamptz)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(asked)],
    );
  }

  /** What was forgotten was not counted; the next one that asks is counted anew. */
  private async allowances(tx: Transaction, forgotten: readonly HandoffAccepted[]): Promise<void> {
    await tx.rows(
      `UPDATE allowances a SET open_at_most = 2147483647, counted_at = '-infinity'
       FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS f (tenant, agent_id)
       WHERE a.tenant = f.tenant AND a.agent_id = f.agent_id`,
      [forgotten.map(({ tenant }) => tenant), forgotten.map(({ agent_id, given_by }) => given_by ?? agent_id)],
    );
  }
}

const packetOf = (accepted: HandoffAccepted) => ({
  handoffId: accepted.handoff_id,
  packetVersion: accepted.packet_version,
  bytes: Buffer.from(JSON.stringify(accepted.packet)),
  requestId: deliveredBy(accepted),
});

const requestOf = ({ request_id, handoff_id, event, withdrawal, packet_version }: HandoffAccepted) => ({
  request_id,
  handoff_id,
  type: event === 'withdrawal_asked' ? 'withdraw' : 'add_context',
  reason: withdrawal?.reason ?? null,
  packet_version: event === 'withdrawal_asked' ? null : packet_version,
  asked_at: withdrawal?.asked_at ?? null,
});
