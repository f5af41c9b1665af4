import type { HandoffDecision, HandoffMove } from '@handoff/contracts';
import { traceIdOf } from '@handoff/telemetry';
import { allowedDecisions } from '../domain/choose-ending.js';
import { withinAuthority } from '../domain/authority.js';
import { packetChanges, type PacketChange } from '../domain/packet-changes.js';
import { RIGHTS, rightTo, rightToDecide, type Deed, type Person } from '../domain/rights.js';
import { itemOf } from '../store/desk-items.js';
import type { DeskRow, EarlierRow, RelatedRow } from '../store/desk-views.js';
import type { KeptPacket } from '../store/packets.js';
import type { KinRow } from '../store/strands.js';

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
    may_decide: (row.state === 'open' || row.state === 'with_agent') && right?.kind === 'may',
    may_not_because: right?.kind === 'may-not' ? right.because : null,
    acknowledged_by: item.acknowledgedBy,
    deferred_until: item.deferredUntil,
    /** The level waits for the agent's answer until then. */
    paused_until: item.pausedUntil,
    open_question: item.question && { question_id: item.question.questionId, asked_by: item.question.askedBy },
    /** What the agent that works on it asked, and nobody has answered. */
    asks: item.asks.map(({ questionId, askedBy, text }) => ({ question_id: questionId, asked_by: askedBy, text })),
    /** Whose work it is, or was; null where it was never an agent's. */
    agent: routed?.agent ?? null,
    /** `offered` to it, `held` by it; `asked` are people. */
    turn: routed?.event ?? null,
    progress: item.progress,
    /** Of an escalation: the delegation that it was asked within. */
    within: row.within,
    /** Open escalations that were asked within it, and that its agent waits for. */
    waits_for: row.waits_for,
    /** How the work stands to its time, budget and rights; null until something is told of them. */
    terms: item.terms,
    answers_needed: routed?.answers_needed ?? 1,
    votes: item.votes.map(({ subject, type, packetVersion }) => ({ subject, type, packet_version: packetVersion })),
    holder: item.holder,
    recall: item.recall,
    action_digest: row.action_digest,
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

/** All that is read of one handoff. */
export interface DeskParts {
  readonly row: DeskRow;
  /** The oldest first; the last one is on the desk. */
  readonly versions: readonly KeptPacket[];
  readonly kept: KeptPacket;
  readonly related: readonly RelatedRow[];
  readonly delegation: KinRow | null;
  readonly askedWithin: readonly KinRow[];
  readonly earlier: readonly EarlierRow[];
  readonly thread: readonly HandoffMove[];
}

/** Everything that a person needs to decide, on one screen. */
export function detailOf({ row, versions, kept, related, delegation, askedWithin, earlier, thread }: DeskParts, person: Person) {
  const { routed } = row;
  return {
    ...summaryOf(row, person),
    packet: kept.packet,
    /** JSON Pointers into `packet`: leaves with secrets, shown masked; an edit leaves them as they are. */
    masked: row.masked ?? [],
    completeness: kept.completeness,
    allowed_decisions: allowedDecisions(kept.packet),
    may: deedsOf(row, person),
    amount: row.amount,
    above_authority: aboveAuthority(row, person),
    why: routed?.why ?? '',
    skipped: routed?.skipped ?? [],
    before: routed?.before ?? [],
    related,
    delegation,
    asked_within: askedWithin,
    earlier: earlier.map(({ decision, ...it }) => ({
      ...it,
      ...endedOf(decision),
      decision_id: decision.decision_id,
      message: decision.message,
    })),
    thread,
    versions: changesByVersion(versions),
    policy: routed?.policy ?? null,
    decision: row.decision,
    trace_id: traceIdOf(row.traceparent),
  };
}

/** What this person may do to it by right; whether it makes sense now is judged when it is done. */
function deedsOf(row: DeskRow, person: Person): readonly Deed[] {
  const { accepted, routed, holder } = itemOf(row);
  if (!accepted || !routed) return [];
  const decided = row.decision?.decided_by.some(({ subject }) => subject === person.subject) ?? false;
  const own = (deed: Deed): boolean =>
    deed === 'done' || deed === 'hand_back' ? holder === person.subject : decided && (deed === 'recall' || deed === 'rate');
  return (Object.keys(RIGHTS) as Deed[]).filter((deed) => rightTo(deed, person, accepted, routed, own(deed)).kind === 'may');
}

/** Why this person cannot let the recommended amount pass; null where there is no such reason. */
function aboveAuthority(row: DeskRow, person: Person): string | null {
  const within = withinAuthority(person, row.amount);
  return within.kind === 'may-not' ? within.because : null;
}

export interface VersionChanges {
  readonly packet_version: number;
  readonly changes: readonly PacketChange[];
}

/** From the second version on, what each one changed. */
const changesByVersion = (versions: readonly KeptPacket[]): readonly VersionChanges[] =>
  versions.flatMap(({ packet_version, packet }, at) => {
    const before = versions[at - 1];
    return before ? [{ packet_version, changes: packetChanges(before.packet, packet) }] : [];
  });
