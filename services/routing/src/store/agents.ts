import type { Transaction } from '@handoff/bus';
import type { HandoffAgent } from '@handoff/contracts';
import { Agents, type AgentStanding } from '../domain/give/agents.js';

export async function keepAgents(tx: Transaction, told: readonly HandoffAgent[]): Promise<void> {
  const newest = new Map(told.toSorted((a, b) => a.revision - b.revision).map((it) => [it.id, it]));
  await tx.rows(
    `INSERT INTO agents AS a (id, tenant, agent_id, revision, event, capabilities, most_at_once, alive_until, schemas, version)
     SELECT id, tenant, agent_id, revision, event, capabilities, most_at_once, alive_until, schemas, version
     FROM jsonb_to_recordset($1) AS r (id text, tenant text, agent_id text, revision int, event text, capabilities jsonb, most_at_once int,
       alive_until timestamptz, schemas jsonb, version text) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, event = excluded.event, capabilities = excluded.capabilities,
       most_at_once = excluded.most_at_once, alive_until = excluded.alive_until, schemas = excluded.schemas, version = excluded.version
     WHERE a.revision < excluded.revision`,
    [JSON.stringify([...newest.values()])],
  );
}

/** All that are known, with what they have. Replicas that choose come one after the other, so that each sees what the one before it gave. */
export async function loadAgents(tx: Transaction): Promise<Agents> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handoff agents ' || current_schema(), 0))`);
  const standings = await tx.rows<AgentStanding>(
    `SELECT tenant, agent_id AS "agentId", capabilities, most_at_once AS "mostAtOnce", alive_until AS "aliveUntil", event = 'revoked' AS "isRevoked", schemas, version,
       (SELECT count(*)::int FROM assignments w WHERE w.giving IS NOT NULL AND w.state = 'open' AND w.tenant = a.tenant
          AND w.routed -> 'agent' ->> 'agent_id' = a.agent_id AND w.routed ->> 'event' IN ('offered', 'held')) AS has
     FROM agents a`,
  );
  return new Agents(standings);
}
