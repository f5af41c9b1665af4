import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts one broker and one database for the whole run, unless somebody has; the build must be there. */
export default async function startServers() {
  if (process.env['HANDOFF_TEST_BROKERS'] && process.env['HANDOFF_TEST_POSTGRES']) return;
  const { FAST_AND_FORGETFUL, silent, startKafka, startPostgres } = await import('../../deploy/local/dist/index.js');
  const folder = await mkdtemp(join(tmpdir(), 'handoff-test-'));
  const [postgres, kafka] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), log: silent, settings: FAST_AND_FORGETFUL }),
    startKafka({ stateDir: folder, log: silent }),
  ]);
  process.env['HANDOFF_TEST_BROKERS'] = kafka.brokers;
  process.env['HANDOFF_TEST_POSTGRES'] = postgres.adminUrl;
  globalThis.handoffTestServers = {
    async stop() {
      await Promise.all([kafka.stop(), postgres.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
