import type { DecisionType, HandoffDecision, HandoffId, Packet, PacketCompleteness } from '@handoff/contracts';
import { traceIdOf } from '@handoff/telemetry';
import { allowedDecisions } from '../domain/choose-ending.js';
import { rightToDecide, type Person } from '../domain/rights.js';
import { itemOf } from '../store/desk-items.js';
import type { DeskRow, RelatedRow } from '../store/desk-views.js';
import type { KeptPacket } from '../store/packets.js';

/** One line of the queue; shapes and units are those of the topics. */
export function summaryOf(row: DeskRow, person: Person) {
  const item = itemOf(row);
  const { routed, accepted } = item;
  const right = accepted && routed ? rightToDecide(person, accepted, routed) : null;
  return {
    handoff_id: row.handoff_id,
    tenant: row.tenant,
    task_id: row.task_id,
    agent_id: row.agent_id,
    kind: row.kind,
    urgency: row.urgency,
    state: row.state,
    title: row.title,
    reason_code: row.reason_code,
    action_name: row.action_name,
    packet_version: row.packet_version,
    level: routed?.level ?? null,
    cycle: routed?.cycle ?? 0,
    team: routed?.team ?? null,
    asked: routed?.asked ?? [],
    may_decide: row.state === 'open' && right?.kind === 'may',
    may_not_because: right?.kind === 'may-not' ? right.because : null,
    acknowledged_by: item.acknowledgedBy,
    accepted_at: row.accepted_at?.toISOString() ?? null,
    decide_by: routed?.decide_by ?? null,
    sla: routed?.sla ?? null,
    overdue: row.state === 'open' && routed !== null && Date.parse(routed.sla.due_at) < row.now.getTime(),
    unattended: routed?.unattended ?? false,
    duplicate_of: routed?.duplicate_of ?? null,
    ended: row.decision && endedOf(row.decision),
    sequence: row.sequence,
  };
}

const endedOf = ({ type, decided_by, decided_at }: HandoffDecision) => ({
  type,
  decided_by: decided_by.map(({ subject }) => subject),
  decided_at,
});

export interface DeskDetail extends ReturnType<typeof summaryOf> {
  readonly packet: Packet;
  readonly completeness: PacketCompleteness;
  readonly allowed_decisions: readonly DecisionType[];
  readonly decision: HandoffDecision | null;
  readonly related: readonly { readonly handoff_id: HandoffId; readonly title: string }[];
}

/** Everything that a person needs to decide, on one screen. */
export function detailOf(
  row: DeskRow,
  { packet, completeness }: KeptPacket,
  related: readonly RelatedRow[],
  person: Person,
): DeskDetail & Record<string, unknown> {
  const { routed } = row;
  return {
    ...summaryOf(row, person),
    packet,
    completeness,
    action_digest: row.action_digest,
    allowed_decisions: allowedDecisions(packet),
    why: routed?.why ?? '',
    skipped: routed?.skipped ?? [],
    before: routed?.before ?? [],
    related,
    policy: routed?.policy ?? null,
    decision: row.decision,
    trace_id: traceIdOf(row.traceparent),
  };
}
