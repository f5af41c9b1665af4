import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '@handoff/local';

const COMMAND = join(REPOSITORY, 'services/intake/dist/src/cli/agent-key.js');

/** As an operator does it: by the command, which prints the key once. */
export async function makeAgentKey(agentId: string, databaseUrl: string): Promise<string> {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'add', agentId], { env });
  return stdout.trim();
}
