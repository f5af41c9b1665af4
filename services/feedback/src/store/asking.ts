import { AUDIT_AGENT, CANARY_AGENT, type AgentId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { AloneCount, AskedCount } from '../domain/asking-by-week.js';
import { auditTaskId } from '../domain/audit-packet.js';
import type { AskedTask, UnaskedTask } from '../domain/digest.js';

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

/** Tasks that could be audited, and what their audit said: the label is about the audit's own handoff. */
const ALONE = `
  FROM outcomes o JOIN audits a USING (outcome_id)
  LEFT JOIN LATERAL (
    SELECT r.handoff_id, l.escalation ->> 'verdict' AS verdict FROM recommendations r JOIN examples e USING (handoff_id)
    LEFT JOIN labels l ON l.handoff_id = r.handoff_id AND l.revision = e.revision
    WHERE a.drawn AND r.task_id = '${auditTaskId('')}' || o.outcome_id AND r.agent_id = '${AUDIT_AGENT}' AND e.tenant = o.tenant
    ORDER BY r.packet_version DESC LIMIT 1) AS audit ON true
  WHERE o.tenant = $1 AND o.received_at >= $2 AND o.received_at < $3`;
const IS_MISSED = `CASE audit.verdict WHEN 'unnecessary' THEN false WHEN 'unknown' THEN NULL ELSE audit.verdict IS NOT NULL OR NULL END`;

export async function askedTasks(db: EntityManager, { tenant, from, until }: Span, agentId: AgentId): Promise<readonly AskedTask[]> {
  return await rows<AskedTask>(
    db,
    `SELECT d.handoff_id, r.reason_code, ${TASK_TYPE} AS task_type, l.escalation, l.recommendation ${DECIDED} AND r.agent_id = $4 ORDER BY d.decided_at`,
    [tenant, from, until, agentId],
  );
}

export async function unaskedTasks(db: EntityManager, { tenant, from, until }: Span, agentId: AgentId): Promise<readonly UnaskedTask[]> {
  return await rows<UnaskedTask>(
    db,
    `SELECT audit.handoff_id, a.propensity, ${IS_MISSED} AS is_missed ${ALONE} AND o.agent_id = $4 ORDER BY o.number`,
    [tenant, from, until, agentId],
  );
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
    `SELECT o.agent_id, ${MONDAY('o.received_at')}, a.propensity, ${IS_MISSED} AS is_missed, count(*)::int AS tasks
     ${ALONE} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`,
    [tenant, from, until],
  );
}
