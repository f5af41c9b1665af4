import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@handoff/telemetry';
import { DataSource, type EntityTarget, type MigrationInterface } from 'typeorm';
import { GuardedClient } from './guarded-client.js';
import { retryDelay } from './retry-delay.js';
import { isStalePlan } from './sql.js';
import { StoreUnreachableError } from './store-errors.js';

export interface StoreOptions {
  readonly url: string;
  /** One schema per service; names are unqualified in SQL and resolve here. */
  readonly schema: string;
  readonly entities?: readonly EntityTarget<object>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Connections of this process, the listener's own not counted. */
  readonly poolSize?: number;
}

/**
 * Statements meet a batch with a table by its keys, and their plans are kept. One that was made while the table was empty would read the
 * table from end to end for as long as it is kept: joins that do so are off. See decision 0029.
 */
const PLANS_FOR_BATCHES = '-c enable_hashjoin=off -c enable_mergejoin=off';
/** For a transaction that reads tables from end to end: takes those joins again. */
export const PLAN_FOR_TABLES = `SELECT set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true)`;

/** Then a connection is replaced, and with it the plans that it keeps: they were made for the tables as they were then. */
const LIFETIME_SECONDS = 300;

/** Not yet connected; `connect` does that. */
export function createDataSource({ url, schema, entities = [], migrations, poolSize = 10 }: StoreOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema,
    entities: [...entities] as never[],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    applicationName: `handoff-${schema}`,
    extra: {
      Client: GuardedClient,
      max: poolSize,
      pipeline: true,
      maxLifetimeSeconds: LIFETIME_SECONDS,
      options: `-c search_path=${schema} ${PLANS_FOR_BATCHES}`,
      connectionTimeoutMillis: 5000,
    },
  });
}

/** Connects, waiting for as long as Postgres is away, then brings the schema up to this release. */
export async function connect(source: DataSource, schema: string, log: Logger, stopped: () => boolean = () => false): Promise<void> {
  for (let attempt = 1; !stopped(); attempt++) {
    try {
      if (!source.isInitialized) await source.initialize();
      await migrate(source, schema);
      return;
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      const wait = retryDelay(attempt, 5);
      log.warn({ err: new StoreUnreachableError(schema, error), retry_in_seconds: wait }, 'Postgres is out of reach');
      await sleep(wait * 1000);
    }
  }
}

/** Replicas that start together take turns: the advisory lock is the schema's, and a second one finds nothing to do. */
export async function migrate(source: DataSource, schema: string): Promise<void> {
  const runner = source.createQueryRunner();
  await runner.connect();
  const lock = [`handoff migrations ${schema}`];
  try {
    await runner.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', lock);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lock).catch(() => undefined); // the lock ends with its connection
    await runner.release();
  }
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** SQLSTATE classes that say nothing about the message: connection, read-only, rollback, resources, operator, limits. */
const INFRASTRUCTURE_CLASSES = new Set(['08', '25', '40', '53', '55', '57']);

export function isConnectionFault(error: unknown): boolean {
  const { code, driverError, message } = error as { code?: unknown; driverError?: unknown; message?: unknown };
  if (driverError !== undefined && driverError !== null && driverError !== error) return isConnectionFault(driverError);
  if (isStalePlan(error)) return true;
  if (typeof code === 'string' && (CONNECTION_CODES.has(code) || (code.length === 5 && INFRASTRUCTURE_CLASSES.has(code.slice(0, 2)))))
    return true;
  // pg, its pool and TypeORM raise these without any code; the last where a connection was lost between two statements.
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect|Driver not Connected|not queryable|connection error|Cannot use a pool after|Query runner already released/i.test(
      message,
    )
  );
}

/** SQLSTATE class 40, a deadlock for example, or a plan from before a migration: nothing was done, and the same may succeed at once. */
export function isRollback(error: unknown): boolean {
  if (isStalePlan(error)) return true;
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return String(driverError?.code ?? code).startsWith('40');
}
