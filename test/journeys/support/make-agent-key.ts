import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '@handoff/local';

const COMMAND = join(REPOSITORY, 'services/intake/dist/src/cli/agent-key.js');

/** As an operator does it: by the command, which prints the key once. */
export const makeAgentKey = (agentId: string, databaseUrl: string): Promise<string> => agentKey('add', agentId, databaseUrl);

/** From then on none of its keys opens a door. */
export const revokeAgentKeys = (agentId: string, databaseUrl: string): Promise<string> => agentKey('revoke', agentId, databaseUrl);

async function agentKey(verb: 'add' | 'revoke', agentId: string, databaseUrl: string): Promise<string> {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, verb, agentId], { env });
  return stdout.trim();
}
