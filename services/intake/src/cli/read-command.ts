import { DEFAULT_TENANT, type AgentId, type TenantId } from '@handoff/contracts';
import { MAX_ID } from '../domain/read-sent.js';

export interface KeyCommand {
  readonly verb: 'add' | 'revoke';
  readonly agentId: AgentId;
  readonly tenant: TenantId;
  readonly json: boolean;
}

export const USAGE = `Usage: agent-key add|revoke <agent_id> [--tenant <tenant>] [--json]
DATABASE_URL names intake's database; the agent's id is the one its packets carry in agent.id.`;

/** @returns null where the words are not a command */
export function readCommand(words: readonly string[]): KeyCommand | null {
  const json = words.includes('--json');
  const tenantAt = words.indexOf('--tenant');
  const tenant = tenantAt === -1 ? DEFAULT_TENANT : words[tenantAt + 1];
  const plain = words.filter((word, at) => word !== '--json' && (tenantAt === -1 || (at !== tenantAt && at !== tenantAt + 1)));
  const [verb, agentId, ...more] = plain;
  if ((verb !== 'add' && verb !== 'revoke') || !agentId || agentId.startsWith('--') || agentId.length > MAX_ID) return null;
  if (more.length > 0 || !tenant) return null;
  return { verb, agentId: agentId as AgentId, tenant: tenant as TenantId, json };
}
