import type { TestService } from '@handoff/testing';
import { hashKey, makeKey } from './domain/agent-key.js';

/** As an operator makes one for an agent. @returns the key */
export async function giveKey(door: TestService, agentId: string, key = makeKey()): Promise<string> {
  await door.query(`INSERT INTO agent_keys VALUES ($1, $2, 'default', handoff_now())`, [hashKey(key), agentId]);
  return key;
}
