import { readInbound, type Cause, type Transaction } from '@handoff/bus';
import type { HandoffId, Seconds, TaskId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { isWork } from '../domain/apply-work.js';
import { readReply } from '../domain/read-reply.js';
import { HeldReplyError } from '../intake.errors.js';
import type { TakenReply } from './take-replies.js';
import { replyName, Vault } from './vault.js';

interface HeldRow {
  readonly request_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly timestamp: string;
  readonly tenant: TakenReply['tenant'];
  readonly agent_id: string | null;
  readonly task_id: TaskId | null;
  readonly cause: Cause;
  readonly sent: Buffer;
  readonly expired: boolean;
  readonly stands_as: string | null;
}

export interface HeldReply {
  readonly reply: TakenReply;
  /** Waited for long enough: what it names is not coming. */
  readonly expired: boolean;
  /** What it names as it stands now; null where it is not there. */
  readonly standsAs: string | null;
}

/** Of what a held reply names all that could make it count: its offer's state, its handoff's sequence, its task's open handoffs. */
const STANDS_AS = `(CASE
  WHEN r.offer_id IS NOT NULL THEN (SELECT o.state FROM offers o WHERE o.offer_id = r.offer_id)
  WHEN r.handoff_id IS NOT NULL THEN (SELECT h.sequence::text FROM handoffs h WHERE h.handoff_id = r.handoff_id AND h.accepted_at IS NOT NULL)
  ELSE (SELECT string_agg(h.handoff_id || ' ' || h.sequence, ',' ORDER BY h.number) FROM handoffs h
        WHERE h.tenant = r.tenant AND h.task_id = r.task_id AND h.accepted_at IS NOT NULL AND h.ended_at IS NULL) END)`;

/** Replies that came before what they are about: the topics have no order between them. */
@Injectable()
export class HeldReplies {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async hold(tx: Transaction, replies: readonly TakenReply[], holdFor: Seconds): Promise<void> {
    if (replies.length === 0) return;
    await tx.rows(
      `INSERT INTO held_replies (request_id, topic, "partition", "offset", "timestamp", tenant, agent_id, task_id, handoff_id, offer_id, cause, sent, held_until)
       SELECT r.request_id, r.topic, r."partition", r."offset", r."timestamp", r.tenant, r.agent_id, r.task_id, r.handoff_id, r.offer_id, r.cause,
              decode(r.sent, 'base64'), clock.at + make_interval(secs => $2)
       FROM jsonb_to_recordset($1::jsonb) AS r (request_id uuid, topic text, "partition" int, "offset" bigint, "timestamp" text, tenant text,
              agent_id text, task_id text, handoff_id uuid, offer_id uuid, cause jsonb, sent text), (SELECT handoff_now() AS at) AS clock
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(replies.map((reply) => this.row(reply))), holdFor],
    );
  }

  /**
   * What may be answered now, as what it names has changed since it was looked at, or has to be; so however many wait in vain, each is looked
   * at once per change, and none is in another's way. Rows that another replica works on are left to it.
   */
  async due(tx: Transaction, limit: number): Promise<readonly HeldReply[]> {
    const due = await tx.rows<HeldRow>(
      `SELECT r.*, held_until <= (SELECT handoff_now()) AS expired, ${STANDS_AS} AS stands_as FROM held_replies r
       WHERE held_until <= (SELECT handoff_now()) OR ${STANDS_AS} IS DISTINCT FROM r.seen_as
       ORDER BY number LIMIT $1 FOR UPDATE OF r SKIP LOCKED`,
      [limit],
    );
    return due.map((row) => this.read(row));
  }

  /** They were looked at in vain. */
  async keepOn(tx: Transaction, held: readonly HeldReply[]): Promise<void> {
    if (held.length > 0)
      await tx.rows(
        `UPDATE held_replies r SET seen_as = s.stands_as FROM unnest($1::uuid[], $2::text[]) AS s (request_id, stands_as) WHERE r.request_id = s.request_id`,
        [held.map(({ reply }) => reply.requestId), held.map(({ standsAs }) => standsAs)],
      );
  }

  async forget(tx: Transaction, replies: readonly TakenReply[]): Promise<void> {
    if (replies.length > 0)
      await tx.rows('DELETE FROM held_replies WHERE request_id = ANY($1::uuid[])', [replies.map(({ requestId }) => requestId)]);
  }

  private row(reply: TakenReply) {
    const { requestId, record, tenant, named, taskId, target, cause, ask } = reply;
    return {
      request_id: requestId,
      topic: record.topic,
      partition: record.partition,
      offset: String(record.offset),
      timestamp: record.timestamp,
      tenant,
      agent_id: named,
      task_id: target.kind === 'task' ? target.taskId : taskId,
      handoff_id: target.kind === 'handoff' ? (target.handoffId satisfies HandoffId) : null,
      offer_id: isWork(ask) ? ask.offerId : null,
      cause,
      sent: this.vault.seal(record.value ?? Buffer.alloc(0), replyName(requestId)).toString('base64'),
    };
  }

  private read(row: HeldRow): HeldReply {
    const value = this.vault.open(row.sent, replyName(row.request_id));
    const inbound = readInbound({ headers: {}, value });
    const reply = readReply(inbound.kind === 'value' ? inbound.value : null);
    if (reply.kind === 'faults') throw new HeldReplyError(row.request_id, reply.faults.map(({ message }) => message).join(' '));
    const { topic, partition, timestamp, tenant, cause } = row;
    const record = { topic, partition, offset: BigInt(row.offset), timestamp, key: null, value, headers: {} };
    const taken = { ...reply.value, requestId: row.request_id, tenant, record, cause, named: row.agent_id, taskId: row.task_id };
    return { reply: taken, expired: row.expired, standsAs: row.stands_as };
  }
}
