import type { Transaction } from '@handoff/bus';
import type { HandoffId, Seconds } from '@handoff/contracts';
import type { Assignment, TaskKey } from '../domain/assignment.js';
import { columnsOf } from './task-columns.js';

export async function areAllKnown(tx: Transaction, ids: readonly HandoffId[]): Promise<boolean> {
  const [row] = await tx.rows<{ known: number }>('SELECT count(*)::int AS known FROM assignments WHERE handoff_id = ANY ($1::uuid[])', [
    ids,
  ]);
  return row?.known === new Set(ids).size;
}

/** These handoffs, ended or not, and what is asked within them; and all of these tasks that have not ended, or whose rejection still stands. */
export function loadAssignments(
  tx: Transaction,
  tasks: readonly TaskKey[],
  ids: readonly HandoffId[],
  rejectionsStand: Seconds,
): Promise<Assignment[]> {
  return tx.rows<Assignment>(
    `SELECT handoff_id AS "handoffId", tenant, agent_id AS "agentId", task_id AS "taskId", action_digest AS "actionDigest",
       ask_digest AS "askDigest", rejection_id AS "rejectionId", rejected_at AS "rejectedAt", packet_version AS "packetVersion", urgency, facts, giving, within, accepted_at AS "acceptedAt", intake_sequence AS "intakeSequence",
       policy_version AS "policyVersion", state, ended_at AS "endedAt", routed, asked_at AS "askedAt", turns, told
     FROM assignments WHERE handoff_id IN (
       SELECT * FROM unnest($4::uuid[])
       UNION SELECT handoff_id FROM assignments WHERE within = ANY ($4::uuid[]) AND state <> 'ended'
       UNION SELECT handoff_id FROM assignments
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, agent_id, task_id) USING (tenant, agent_id, task_id)
       WHERE state <> 'ended'
       UNION SELECT handoff_id FROM assignments
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, agent_id, task_id) USING (tenant, agent_id, task_id)
       WHERE rejected_at > (SELECT handoff_now() - make_interval(secs => $5)))`,
    [...columnsOf(tasks), ids, rejectionsStand],
  );
}

/** New ones and changed ones; what has ended stays as it is, whoever comes late. */
export async function recordAssignments(tx: Transaction, assignments: readonly Assignment[]): Promise<void> {
  if (assignments.length === 0) return;
  await tx.rows(
    `INSERT INTO assignments AS a (handoff_id, tenant, agent_id, task_id, action_digest, ask_digest, packet_version, urgency, facts, giving, within,
       accepted_at, intake_sequence, policy_version, state, ended_at, rejection_id, rejected_at, routed, asked_at, turns, told)
     SELECT "handoffId", tenant, "agentId", "taskId", "actionDigest", "askDigest", "packetVersion", urgency, facts, giving, within, "acceptedAt",
       "intakeSequence", "policyVersion", state, "endedAt", "rejectionId", "rejectedAt", routed, "askedAt", turns, told
     FROM jsonb_to_recordset($1) AS r ("handoffId" uuid, tenant text, "agentId" text, "taskId" text, "actionDigest" text,
       "askDigest" text, "packetVersion" integer, urgency text, facts jsonb, giving jsonb, within uuid, "acceptedAt" timestamptz, "intakeSequence" integer, "policyVersion" integer,
       state text, "endedAt" timestamptz, "rejectionId" uuid, "rejectedAt" timestamptz, routed jsonb, "askedAt" timestamptz, turns jsonb, told jsonb)
     ON CONFLICT (handoff_id) DO UPDATE SET action_digest = excluded.action_digest, ask_digest = excluded.ask_digest, packet_version = excluded.packet_version, urgency = excluded.urgency, facts = excluded.facts, giving = excluded.giving,
       intake_sequence = excluded.intake_sequence, policy_version = excluded.policy_version, state = excluded.state, ended_at = excluded.ended_at,
       rejection_id = excluded.rejection_id, rejected_at = excluded.rejected_at, routed = excluded.routed,
       asked_at = excluded.asked_at, turns = excluded.turns, told = excluded.told
     WHERE a.state IN ('open', 'ending') AND a.sequence <= (excluded.routed ->> 'sequence')::integer`,
    [JSON.stringify(assignments)],
  );
}
