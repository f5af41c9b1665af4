import type { AgentId, Seconds, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

/** Of so many agents, in the order of their names. */
const MOST_AGENTS = 500;
/** The newest handoffs of each, by which its rhythm is known. */
const RHYTHM = 20;

export interface AskingAgent {
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  /** Of its newest handoffs, at most twenty. */
  readonly handoffs: number;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly usual_gap_seconds: Seconds;
}

/** From name to name and a few rows each, by the index: however many handoffs there are. */
export const askingAgents = (db: EntityManager): Promise<AskingAgent[]> =>
  rows<AskingAgent>(
    db,
    `WITH RECURSIVE agents AS (
       (SELECT tenant, agent_id FROM handoffs WHERE agent_id IS NOT NULL ORDER BY tenant, agent_id LIMIT 1)
       UNION ALL
       SELECT next.* FROM agents a CROSS JOIN LATERAL (
         SELECT tenant, agent_id FROM handoffs WHERE (tenant, agent_id) > (a.tenant, a.agent_id) ORDER BY tenant, agent_id LIMIT 1) AS next)
     SELECT a.tenant, a.agent_id, n.* FROM (SELECT * FROM agents LIMIT ${MOST_AGENTS}) AS a CROSS JOIN LATERAL (
       SELECT count(*)::int AS handoffs, min(accepted_at) AS first_at, max(accepted_at) AS last_at,
              coalesce(extract(epoch FROM max(accepted_at) - min(accepted_at)) / nullif(count(*) - 1, 0), 0)::float8 AS usual_gap_seconds
       FROM (SELECT accepted_at FROM handoffs h WHERE h.tenant = a.tenant AND h.agent_id = a.agent_id AND accepted_at IS NOT NULL
             ORDER BY number DESC LIMIT ${RHYTHM}) AS newest) AS n
     WHERE n.handoffs > 0`,
  );

export interface UnansweredAgent {
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  readonly questions: number;
  readonly since: string;
}

/** Agents that people have asked something and that have not answered. */
export const unansweredAgents = (db: EntityManager): Promise<UnansweredAgent[]> =>
  rows<UnansweredAgent>(
    db,
    `SELECT tenant, agent_id, count(*)::int AS questions, min(question ->> 'asked_at') AS since
     FROM handoffs, jsonb_array_elements(progress -> 'asked' -> 'questions') AS question
     WHERE ended_at IS NULL AND question ->> 'answer' IS NULL GROUP BY tenant, agent_id ORDER BY since LIMIT ${MOST_AGENTS}`,
  );
