import type { Transaction } from '@handoff/bus';
import {
  CANARY_AGENT,
  type AgentId,
  type Amount,
  type HandoffId,
  type HandoffRouted,
  type Kind,
  type PersonId,
  type ReasonCode,
  type TaskId,
  type TenantId,
  type Urgency,
} from '@handoff/contracts';
import type { KeptVote } from '../domain/count-votes.js';
import {
  arriving,
  type Accepted,
  type AgentsAsk,
  type DeskItem,
  type DeskItemState,
  type OpenQuestion,
  type Progress,
  type RecallState,
} from '../domain/desk-item.js';
import type { Terms } from '../domain/terms.js';

export interface DeskItemRow {
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
  readonly state: DeskItemState;
  readonly task_id: TaskId | null;
  readonly agent_id: AgentId | null;
  readonly kind: Kind | null;
  readonly urgency: Urgency | null;
  readonly title: string | null;
  readonly reason_code: ReasonCode | null;
  readonly action_name: string | null;
  readonly requested_by: PersonId | null;
  readonly packet_version: number;
  readonly accepted_sequence: number;
  readonly accepted_at: Date | null;
  readonly action_digest: string | null;
  readonly masked: readonly string[] | null;
  readonly within: HandoffId | null;
  readonly routed: HandoffRouted | null;
  readonly acknowledged_by: PersonId | null;
  readonly acknowledged_at: Date | null;
  readonly deferred_until: Date | null;
  readonly paused_until: Date | null;
  readonly question: OpenQuestion | null;
  readonly asks: readonly AgentsAsk[] | null;
  readonly progress: Progress | null;
  readonly terms: Terms | null;
  readonly votes: readonly KeptVote[] | null;
  readonly urgency_set: Urgency | null;
  readonly amount: Amount | null;
  readonly holder: PersonId | null;
  readonly recall: RecallState | null;
  readonly traceparent: string | null;
  readonly sequence: number;
}

/**
 * The items of these handoffs, locked until the transaction ends: from here on nobody else decides or changes them.
 * Those that nobody has heard of yet are there as well, arriving.
 */
export async function lockItems(
  tx: Transaction,
  handoffs: readonly { readonly handoff_id: HandoffId; readonly tenant: TenantId }[],
): Promise<Map<HandoffId, DeskItem>> {
  const ids = handoffs.map((it) => it.handoff_id);
  const [, found] = await Promise.all([
    tx.rows(
      `INSERT INTO desk_items (handoff_id, tenant, state)
       SELECT id, tenant, 'arriving' FROM unnest($1::uuid[], $2::text[]) AS it (id, tenant) ORDER BY id ON CONFLICT DO NOTHING`,
      [ids, handoffs.map((it) => it.tenant)],
    ),
    tx.rows<DeskItemRow>('SELECT * FROM desk_items WHERE handoff_id = ANY($1::uuid[]) ORDER BY handoff_id FOR UPDATE', [ids]),
  ]);
  return new Map(found.map((row) => [row.handoff_id, itemOf(row)]));
}

/**
 * Those whose silence is nobody's page: the canary's, whose own alert goes out, and those that the desk knows to be asked further on than
 * the clock does, which has been away.
 */
export async function unpagedAmong(
  tx: Transaction,
  silent: readonly { readonly handoff_id: HandoffId; readonly level: number; readonly cycle: number }[],
): Promise<ReadonlySet<HandoffId>> {
  if (silent.length === 0) return new Set();
  const found = await tx.rows<{ readonly handoff_id: HandoffId }>(
    `SELECT d.handoff_id FROM unnest($1::uuid[], $2::int[], $3::int[]) AS silent (handoff_id, level, cycle) JOIN desk_items d USING (handoff_id)
     WHERE d.agent_id = $4 OR ((d.routed -> 'level' ->> 'number')::int, (d.routed ->> 'cycle')::int) > (silent.level, silent.cycle)`,
    [silent.map((it) => it.handoff_id), silent.map((it) => it.level), silent.map((it) => it.cycle), CANARY_AGENT],
  );
  return new Set(found.map((it) => it.handoff_id));
}

/** Writes back what has changed of locked items; what has ended stays so. */
export async function saveItems(tx: Transaction, items: readonly DeskItem[]): Promise<void> {
  if (items.length === 0) return;
  await tx.rows(
    `UPDATE desk_items AS d SET
       state = r.state, task_id = r.task_id, agent_id = r.agent_id, kind = r.kind, urgency = r.urgency, title = r.title,
       reason_code = r.reason_code, action_name = r.action_name, requested_by = r.requested_by, packet_version = r.packet_version,
       accepted_sequence = r.accepted_sequence, accepted_at = r.accepted_at, action_digest = r.action_digest, masked = r.masked, within = r.within, routed = r.routed,
       routed_sequence = coalesce((r.routed ->> 'sequence')::int, 0), decide_by = (r.routed ->> 'decide_by')::timestamptz,
       acknowledged_by = r.acknowledged_by, acknowledged_at = r.acknowledged_at, deferred_until = r.deferred_until,
       paused_until = r.paused_until, question = r.question, asks = r.asks, progress = r.progress, terms = r.terms, votes = r.votes, urgency_set = r.urgency_set, amount = r.amount,
       holder = r.holder, recall = r.recall, traceparent = r.traceparent, sequence = r.sequence,
       ended_at = CASE WHEN r.state = 'ended' THEN coalesce(d.ended_at, handoff_now()) END
     FROM jsonb_populate_recordset(NULL::desk_items, $1::jsonb) AS r
     WHERE d.handoff_id = r.handoff_id AND (d.state <> 'ended' OR r.state = 'ended')`,
    [JSON.stringify(items.map(rowOf))],
  );
}

export function itemOf(row: DeskItemRow): DeskItem {
  return {
    ...arriving(row.handoff_id, row.tenant),
    state: row.state,
    accepted: acceptedOf(row),
    acceptedSequence: row.accepted_sequence,
    routed: row.routed,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    deferredUntil: row.deferred_until?.toISOString() ?? null,
    pausedUntil: row.paused_until?.toISOString() ?? null,
    question: row.question,
    asks: row.asks ?? [],
    progress: row.progress,
    terms: row.terms,
    votes: row.votes ?? [],
    urgencySet: row.urgency_set,
    holder: row.holder,
    recall: row.recall,
    traceparent: row.traceparent,
    sequence: row.sequence,
  };
}

function acceptedOf(row: DeskItemRow): Accepted | null {
  const { task_id, agent_id, kind, urgency, accepted_at } = row;
  if (task_id === null || agent_id === null || kind === null || urgency === null || accepted_at === null) return null;
  return {
    taskId: task_id,
    agentId: agent_id,
    kind,
    urgency,
    title: row.title ?? '',
    reasonCode: row.reason_code ?? 'other',
    actionName: row.action_name ?? '',
    requestedBy: row.requested_by,
    packetVersion: row.packet_version,
    acceptedAt: accepted_at.toISOString(),
    actionDigest: row.action_digest ?? '',
    amount: row.amount,
    within: row.within,
    masked: row.masked ?? [],
  };
}

function rowOf(item: DeskItem): Record<string, unknown> {
  const { accepted } = item;
  return {
    handoff_id: item.handoffId,
    state: item.state,
    task_id: accepted?.taskId,
    agent_id: accepted?.agentId,
    kind: accepted?.kind,
    urgency: accepted?.urgency,
    title: accepted?.title,
    reason_code: accepted?.reasonCode,
    action_name: accepted?.actionName,
    requested_by: accepted?.requestedBy,
    packet_version: accepted?.packetVersion ?? 0,
    accepted_sequence: item.acceptedSequence,
    accepted_at: accepted?.acceptedAt,
    action_digest: accepted?.actionDigest,
    masked: accepted?.masked,
    within: accepted?.within,
    routed: item.routed,
    acknowledged_by: item.acknowledgedBy,
    acknowledged_at: item.acknowledgedAt,
    deferred_until: item.deferredUntil,
    paused_until: item.pausedUntil,
    question: item.question,
    asks: item.asks.length > 0 ? item.asks : null,
    progress: item.progress,
    terms: item.terms,
    votes: item.votes.length > 0 ? item.votes : null,
    urgency_set: item.urgencySet,
    amount: accepted?.amount,
    holder: item.holder,
    recall: item.recall,
    traceparent: item.traceparent,
    sequence: item.sequence,
  };
}
