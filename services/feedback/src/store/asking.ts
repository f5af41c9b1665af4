import { AUDIT_AGENT, CANARY_AGENT, type AgentId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { AloneCount, AskedCount } from '../domain/asking-by-week.js';
import type { AskedTask, UnaskedTask } from '../domain/digest.js';
import { ALONE_TASKS } from './alone-tasks.js';

interface Span {
  readonly tenant: TenantId;
  readonly from: Date;
  readonly until: Date;
}

/** What people call that kind of task: the packet's own word, else the tool that it is about. */
const TASK_TYPE = `coalesce(r.features ->> 'task_type', r.features ->> 'domain', nullif(r.action ->> 'name', ''), 'other')`;

/** Escalations that were decided then, with their newest labels. */
const DECIDED = `
  FROM decisions d JOIN examples e USING (handoff_id)
  JOIN recommendations r ON r.handoff_id = d.handoff_id AND r.packet_version = d.packet_version
  JOIN labels l ON l.handoff_id = d.handoff_id AND l.revision = e.revision
  WHERE e.tenant = $1 AND d.decided_at >= $2 AND d.decided_at < $3`;

const ALONE = `FROM ${ALONE_TASKS} WHERE tenant = $1 AND received_at >= $2 AND received_at < $3`;

export async function askedTasks(db: EntityManager, { tenant, from, until }: Span, agentId: AgentId): Promise<readonly AskedTask[]> {
  return await rows<AskedTask>(
    db,
    `SELECT d.handoff_id, r.reason_code, ${TASK_TYPE} AS task_type, l.escalation, l.recommendation ${DECIDED} AND r.agent_id = $4 ORDER BY d.decided_at, d.handoff_id`,
    [tenant, from, until, agentId],
  );
}

export async function unaskedTasks(db: EntityManager, { tenant, from, until }: Span, agentId: AgentId): Promise<readonly UnaskedTask[]> {
  return await rows<UnaskedTask>(db, `SELECT audit_id AS handoff_id, propensity, is_missed ${ALONE} AND agent_id = $4 ORDER BY number`, [
    tenant,
    from,
    until,
    agentId,
  ]);
}

const MONDAY = (column: string): string => `date_trunc('week', ${column} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS week`;
/** Neither is an agent whose asking is to be judged. */
const OTHERS = [AUDIT_AGENT, CANARY_AGENT];
const weightOf = (verdict: string): string => `coalesce(sum((l.escalation ->> 'weight')::float8) FILTER (WHERE ${verdict}), 0)`;

export async function askedCounts(db: EntityManager, { tenant, from, until }: Span): Promise<readonly AskedCount[]> {
  return await rows<AskedCount>(
    db,
    `SELECT r.agent_id, ${MONDAY('d.decided_at')}, r.reason_code, count(*)::int AS asked,
            ${weightOf(`l.escalation ->> 'verdict' NOT IN ('unnecessary', 'unknown')`)} AS necessary,
            ${weightOf(`l.escalation ->> 'verdict' = 'unnecessary'`)} AS unnecessary
     ${DECIDED} AND r.agent_id <> ALL($4) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [tenant, from, until, OTHERS],
  );
}

/** Those that nobody looked at are alike, and counted. */
export async function aloneTasks(db: EntityManager, { tenant, from, until }: Span): Promise<readonly AloneCount[]> {
  return await rows<AloneCount>(
    db,
    `SELECT agent_id, ${MONDAY('received_at')}, propensity, is_missed, count(*)::int AS tasks
     ${ALONE} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`,
    [tenant, from, until],
  );
}
