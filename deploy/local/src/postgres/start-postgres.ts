import { join } from 'node:path';
import pg from 'pg';
import { keptSecret } from '../kept-secret.js';
import type { Log } from '../log.js';
import { assertPortFree, freePort, LOOPBACK } from '../ports.js';
import { startProcess, type ManagedProcess, type StopSteps } from '../processes/managed-process.js';
import { endOrphan } from '../processes/pid-file.js';
import { NotReadyError, waitUntilReady } from '../processes/wait-until.js';
import { ADMIN, initDatabase } from './init-database.js';
import { postgresBinaries } from './postgres-binaries.js';
import { reachableBinaries, reachableDataDir } from './reachable-place.js';
import { userForPostgres } from './run-as.js';

export interface PostgresOptions {
  /** Made when it is not there; the password, the log and the pid are files beside it. */
  readonly dataDir: string;
  /** A free one when it is not given. */
  readonly port?: number;
  readonly log: Log;
  /** Settings of the server over our own, for example `fsync: 'off'` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface LocalPostgres {
  /** As the administrator, to the database `postgres`. */
  readonly adminUrl: string;
  readonly port: number;
  readonly server: ManagedProcess;
  stop(): Promise<void>;
}

/** Settings that tests may add: a machine that loses its power then loses the test's data, and nothing else. */
export const FAST_AND_FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

const SETTINGS = { max_connections: '200', shared_buffers: '256MB', wal_buffers: '16MB', timezone: 'UTC', log_timezone: 'UTC' } as const;
/** SIGINT rolls open transactions back and writes everything down; SIGQUIT leaves that to the next start. */
const STOP: StopSteps = [
  ['SIGINT', 15],
  ['SIGQUIT', 5],
  ['SIGKILL', 5],
];
const READY_SECONDS = 60;

/** Postgres on loopback, from its npm package. A data folder that was used before starts again with what is in it. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const user = await userForPostgres();
  const dataDir = await reachableDataDir(options.dataDir, user, options.log);
  const binaries = await reachableBinaries(postgresBinaries(), user);
  const [pidFile, logFile] = [`${dataDir}.pid.json`, `${dataDir}.log`];
  const password = await keptSecret(`${dataDir}.password`);
  await endOrphan(pidFile, options.log, 'SIGINT');
  if (options.port !== undefined) await assertPortFree(options.port, { what: 'Postgres', setting: 'HANDOFF_POSTGRES_PORT' });
  await initDatabase(binaries, dataDir, password, user);

  const port = options.port ?? (await freePort());
  const server = await startProcess({
    name: 'Postgres',
    command: join(binaries.root, 'bin', 'postgres'),
    args: ['-D', dataDir, ...settings({ ...SETTINGS, ...options.settings, port: String(port) })],
    cwd: dataDir,
    logFile,
    pidFile,
    user,
  });
  const adminUrl = `postgres://${ADMIN}:${password}@${LOOPBACK}:${port}/postgres`;
  await readyOrStopped(server, adminUrl);
  return { adminUrl, port, server, stop: async () => void (await server.stop(STOP)) };
}

function settings(all: Readonly<Record<string, string>>): string[] {
  const fixed = { ...all, listen_addresses: LOOPBACK, unix_socket_directories: '' };
  return Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function readyOrStopped(server: ManagedProcess, adminUrl: string): Promise<void> {
  try {
    await waitUntilReady(server, () => answers(adminUrl), READY_SECONDS);
  } catch (error) {
    await server.stop(STOP);
    throw isHeldByAnother(error) ? new DataDirHeldError(server, error) : error;
  }
}

async function answers(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined); // the server may still be on its way up, or down; the next question tells
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end();
  }
}

const isHeldByAnother = (error: unknown): boolean => error instanceof NotReadyError && error.message.includes('postmaster.pid');

class DataDirHeldError extends NotReadyError {
  constructor(server: ManagedProcess, cause: unknown) {
    super(
      server,
      'found its data folder held by another Postgres that we did not start; stop the process that postmaster.pid names, then start again',
      cause instanceof Error ? cause.message : '',
      cause,
    );
  }
}
