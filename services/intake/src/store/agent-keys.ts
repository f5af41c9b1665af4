import { rows, type EntityManager } from '@handoff/store';
import type { AgentId, TenantId } from '@handoff/contracts';
import { hashKey, makeKey } from '../domain/agent-key.js';

/** Who calls, by its key. */
export interface CallingAgent {
  readonly agentId: AgentId;
  readonly tenant: TenantId;
}

export async function agentOfKey(db: EntityManager, key: string): Promise<CallingAgent | null> {
  const [row] = await rows<{ agent_id: AgentId; tenant: TenantId }>(
    db,
    'SELECT agent_id, tenant FROM agent_keys WHERE key_hash = $1 AND revoked_at IS NULL',
    [hashKey(key)],
  );
  return row ? { agentId: row.agent_id, tenant: row.tenant } : null;
}

/** @returns the key itself, which is kept nowhere */
export async function addKey(db: EntityManager, { agentId, tenant }: CallingAgent): Promise<string> {
  const key = makeKey();
  await rows(db, 'INSERT INTO agent_keys (key_hash, agent_id, tenant, created_at) VALUES ($1, $2, $3, handoff_now())', [
    hashKey(key),
    agentId,
    tenant,
  ]);
  return key;
}

/** @returns how many keys of the agent ended */
export async function revokeKeys(db: EntityManager, { agentId, tenant }: CallingAgent): Promise<number> {
  const ended = await rows(
    db,
    'UPDATE agent_keys SET revoked_at = handoff_now() WHERE agent_id = $1 AND tenant = $2 AND revoked_at IS NULL RETURNING 1',
    [agentId, tenant],
  );
  await rows(db, 'UPDATE agents SET alive_until = handoff_now() WHERE agent_id = $1 AND tenant = $2', [agentId, tenant]); // told by the service
  return ended.length;
}
