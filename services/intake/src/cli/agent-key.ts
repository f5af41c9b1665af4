import { createDataSource, type DataSource } from '@handoff/store';
import { addKey, revokeKeys } from '../store/agent-keys.js';
import { readCommand, USAGE, type KeyCommand } from './read-command.js';

/** Adds and ends agents' keys. A key is printed once and kept as a hash. */
const command = readCommand(process.argv.slice(2));
const { DATABASE_URL: url } = process.env;
if (!command || !url) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const source = createDataSource({ url, schema: 'intake', migrations: [], poolSize: 1 });
  try {
    await source.initialize();
    console.log(await run(source, command));
  } catch (error) {
    console.error(
      `No key was changed: ${(error as Error).message}. Check DATABASE_URL, and that intake has started once and made its tables.`,
    );
    process.exitCode = 1;
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

async function run({ manager }: DataSource, { verb, agentId, tenant, json }: KeyCommand): Promise<string> {
  if (verb === 'add') {
    const key = await addKey(manager, { agentId, tenant });
    return json ? JSON.stringify({ agent_id: agentId, tenant, key }) : key;
  }
  const revoked = await revokeKeys(manager, { agentId, tenant });
  return json ? JSON.stringify({ agent_id: agentId, tenant, revoked }) : `${revoked} key(s) of ${agentId} ended.`;
}
