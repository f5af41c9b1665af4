import type { Transaction } from '@handoff/bus';
import type { AskingVerdict, HandoffAccepted, HandoffDecision, HandoffId, HandoffMove, TenantId } from '@handoff/contracts';
import { RULES_VERSION, type Label } from '../domain/label.js';
import type { OutcomeRecord, RecommendationRecord } from '../domain/records.js';

export interface Named {
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
}

/**
 * Makes the rows where a handoff's records meet, and locks them. Two replicas may hold one record each at the same moment; without
 * the lock neither would see the other's, and the handoff would never be labelled. In the order of the ids, so that they do not die of it.
 */
export async function openExamples(tx: Transaction, events: readonly Named[]): Promise<void> {
  await Promise.all([
    tx.rows(
      `INSERT INTO examples (handoff_id, tenant, revision, sequence)
       SELECT handoff_id, tenant, 0, 0 FROM jsonb_to_recordset($1) AS r(handoff_id uuid, tenant text)
       ORDER BY handoff_id ON CONFLICT DO NOTHING`,
      [JSON.stringify(events.map(({ handoff_id, tenant }) => ({ handoff_id, tenant })))],
    ),
    tx.rows('SELECT 1 FROM examples WHERE handoff_id = ANY($1) ORDER BY handoff_id FOR UPDATE', [idsOf(events)]),
  ]);
}

/** A packet version is kept as it first came; asking for a withdrawal repeats it. */
export async function keepRecommendations(tx: Transaction, accepted: readonly HandoffAccepted[]): Promise<void> {
  await tx.rows(`INSERT INTO recommendations SELECT * FROM jsonb_populate_recordset(NULL::recommendations, $1) ON CONFLICT DO NOTHING`, [
    JSON.stringify(accepted.map(recommendationRow)),
  ]);
}

function recommendationRow({ packet, ...event }: HandoffAccepted) {
  const { handoff_id, packet_version, agent_id, task_id, kind, action_digest, accepted_at } = event;
  const { name, args } = packet.recommended_action;
  return {
    handoff_id,
    packet_version,
    agent_id,
    task_id,
    kind,
    reason_code: packet.reason_for_escalation.code,
    urgency: packet.urgency,
    action: { kind: packet.recommended_action.kind, name, args },
    action_digest,
    agent: packet.agent ?? null,
    features: packet.features ?? null,
    packet,
    accepted_at,
  };
}

export async function keepDecisions(tx: Transaction, decisions: readonly HandoffDecision[]): Promise<void> {
  const rows = decisions.map((decision) => {
    const { handoff_id, decision_id, packet_version, type, decided_at } = decision;
    return { handoff_id, decision_id, packet_version, type, decision, decided_at };
  });
  await tx.rows(`INSERT INTO decisions SELECT * FROM jsonb_populate_recordset(NULL::decisions, $1) ON CONFLICT DO NOTHING`, [
    JSON.stringify(rows),
  ]);
}

/** What people said of asking after the decision; the newest counts. */
export async function keepRatings(tx: Transaction, moves: readonly HandoffMove[]): Promise<void> {
  await tx.rows(
    `INSERT INTO ratings (handoff_id, sequence, asking_was, rated_by, rated_at)
     SELECT handoff_id, sequence, asking_was, moved_by, moved_at FROM jsonb_to_recordset($1)
       AS r (handoff_id uuid, sequence int, asking_was text, moved_by text, moved_at timestamptz) ON CONFLICT DO NOTHING`,
    [JSON.stringify(moves)],
  );
}

/**
 * Row by row by their keys: a plan that was made while the tables were empty, and that its connection keeps, would go on reading them
 * from end to end.
 */
const DUE = `
  SELECT d.decision, r.recommendation, e.revision, label.said, rating.sequence AS rated, rating.asking_was AS rating,
         outcome.number AS outcome_number, outcome.outcome_id, outcome.told AS outcome,
         coalesce(outcome.number > coalesce(e.outcome, 0), false) AS "hasNewOutcome"
  FROM examples e
  CROSS JOIN LATERAL (SELECT decision, packet_version FROM decisions WHERE handoff_id = e.handoff_id OFFSET 0) AS d
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('reason_code', reason_code, 'action', action) AS recommendation FROM recommendations
    WHERE handoff_id = e.handoff_id AND packet_version = d.packet_version OFFSET 0) AS r ON true
  LEFT JOIN LATERAL (
    SELECT sequence, asking_was FROM ratings WHERE handoff_id = e.handoff_id ORDER BY sequence DESC LIMIT 1) AS rating ON true
  LEFT JOIN LATERAL (
    SELECT number, outcome_id, jsonb_build_object('result', result, 'executed_digest', executed_digest) AS told
    FROM outcome_links JOIN outcomes USING (outcome_id) WHERE outcome_links.handoff_id = e.handoff_id ORDER BY number DESC LIMIT 1) AS outcome ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('escalation', escalation, 'recommendation', recommendation, 'note', note) AS said FROM labels
    WHERE handoff_id = e.handoff_id AND revision = e.revision) AS label ON true
  WHERE e.handoff_id = ANY($1) AND (e.revision = 0 OR rating.sequence > coalesce(e.rated, 0)
    OR outcome.number > coalesce(e.outcome, 0) OR coalesce(e.rules_version, 1) < $2)`;

/** A decided handoff without a label, or of which more is known since, or other rules. The recommendation is the one that was decided; null while it has not come. */
export interface Due {
  readonly decision: HandoffDecision;
  readonly recommendation: RecommendationRecord | null;
  /** Of the newest label, and what it says; 0 and null before the first. */
  readonly revision: number;
  readonly said: Label | null;
  /** The newest rating's sequence, and what it says. */
  readonly rated: number | null;
  readonly rating: AskingVerdict | null;
  /** The newest outcome's number and id, and what it says. */
  readonly outcome_number: string | null;
  readonly outcome_id: string | null;
  readonly outcome: OutcomeRecord | null;
  readonly hasNewOutcome: boolean;
}

export async function findDue(tx: Transaction, examples: readonly Named[]): Promise<Due[]> {
  return await tx.rows<Due>(DUE, [idsOf(examples), RULES_VERSION]);
}

/** What the newest records and rules say of a handoff. */
export interface Labelled extends Label {
  readonly due: Due;
  readonly decision: HandoffDecision;
  /** That says so first; the newest label's own where it says the same. */
  readonly revision: number;
}

export async function keepLabels(tx: Transaction, labelled: readonly Labelled[]): Promise<void> {
  if (labelled.length === 0) return;
  await tx.rows(
    `WITH it AS (
       SELECT * FROM jsonb_to_recordset($1)
         AS r (handoff_id uuid, agent_id text, revision int, rated int, outcome bigint, escalation jsonb, recommendation jsonb, note text)),
     kept AS (
       INSERT INTO labels (handoff_id, agent_id, revision, escalation, recommendation, note, labelled_at, rules_version)
       SELECT handoff_id, agent_id, revision, escalation, recommendation, note, handoff_now(), $2 FROM it ON CONFLICT DO NOTHING)
     UPDATE examples SET revision = it.revision, sequence = it.revision, rated = it.rated, outcome = it.outcome, rules_version = $2
     FROM it WHERE examples.handoff_id = it.handoff_id`,
    [JSON.stringify(labelled.map(labelRow)), RULES_VERSION],
  );
}

const labelRow = ({ due, decision, revision, escalation, recommendation, note }: Labelled) => ({
  handoff_id: decision.handoff_id,
  agent_id: decision.agent_id,
  revision,
  rated: due.rated,
  outcome: due.outcome_number,
  escalation,
  recommendation,
  note,
});

/** Decided ones that earlier rules have labelled; whoever else works on one keeps it. */
export async function findLabelledBefore(tx: Transaction, limit: number): Promise<Named[]> {
  return await tx.rows<Named>(
    `SELECT handoff_id, tenant FROM examples WHERE revision > 0 AND coalesce(rules_version, 1) < $1
     ORDER BY handoff_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [RULES_VERSION, limit],
  );
}

/** With all that hangs on them; called under their locks. */
export async function forgetExamples(tx: Transaction, labelled: readonly Labelled[]): Promise<void> {
  if (labelled.length === 0) return;
  await tx.rows('DELETE FROM examples WHERE handoff_id = ANY($1)', [labelled.map(({ decision }) => decision.handoff_id)]);
}

const idsOf = (events: readonly Named[]): readonly HandoffId[] => events.map(({ handoff_id }) => handoff_id);
