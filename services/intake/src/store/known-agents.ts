import type { AgentAbilities, AgentId, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

const MOST_AGENTS = 500;

export interface KnownAgent extends Pick<AgentAbilities, 'capabilities'> {
  readonly agent_id: AgentId;
  readonly version: string | null;
  /** Heard of lately; a task that names one that is not waits for nobody, and goes to people. */
  readonly alive: boolean;
}

/** Agents that have said what they can do, by their names. */
export const knownAgents = (db: EntityManager, tenant: TenantId): Promise<KnownAgent[]> =>
  rows<KnownAgent>(
    db,
    `SELECT agent_id, abilities -> 'capabilities' AS capabilities, abilities ->> 'version' AS version,
       event <> 'revoked' AND alive_until > handoff_now() AS alive
     FROM agents WHERE tenant = $1 ORDER BY agent_id LIMIT ${MOST_AGENTS}`,
    [tenant],
  );
