import type { Transaction } from '@handoff/bus';
import type { HandoffId } from '@handoff/contracts';
import type { TaskKey } from '../domain/assignment.js';
import { columnsOf } from './task-columns.js';

const ARRIVALS = `hashtextextended('handoff arrivals ' || current_schema(), 0)`;

/** Held by every transaction in which handoffs arrive; they do not hinder each other. */
export async function shareArrivals(tx: Transaction): Promise<void> {
  await tx.rows(`SELECT pg_advisory_xact_lock_shared(${ARRIVALS})`);
}

/**
 * Taken before "this handoff is not here yet" may be believed. Without it, a replica that holds an event and one that brings its
 * handoff would each look before the other commits, and the event would be held for ever.
 */
export async function awaitArrivals(tx: Transaction): Promise<void> {
  await tx.rows(`SELECT pg_advisory_xact_lock(${ARRIVALS})`);
}

/**
 * Locks these tasks, those of these handoffs, and of the delegations and escalations that they are asked within, or that are asked within
 * them; always in the same order, until the transaction ends.
 */
export function lockTasks(tx: Transaction, tasks: readonly TaskKey[], ids: readonly HandoffId[]): Promise<TaskKey[]> {
  return tx.rows<TaskKey>(
    `INSERT INTO tasks AS t (tenant, agent_id, task_id)
     SELECT tenant, agent_id, task_id FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, agent_id, task_id)
     UNION SELECT tenant, agent_id, task_id FROM assignments WHERE handoff_id = ANY ($4::uuid[])
     UNION SELECT tenant, agent_id, task_id FROM assignments WHERE within = ANY ($4::uuid[]) AND state <> 'ended'
     UNION SELECT d.tenant, d.agent_id, d.task_id FROM assignments e JOIN assignments d ON d.handoff_id = e.within WHERE e.handoff_id = ANY ($4::uuid[])
     ORDER BY tenant, agent_id, task_id
     ON CONFLICT (tenant, agent_id, task_id) DO UPDATE SET tenant = excluded.tenant
     RETURNING tenant, agent_id AS "agentId", task_id AS "taskId"`,
    [...columnsOf(tasks), ids],
  );
}
