import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Milliseconds, Seconds } from '@handoff/contracts';
import pg from 'pg';
import { SERVICE_SCHEMAS, type ServiceSchema } from '../../database/service-schema.js';
import { REPOSITORY } from '../../home.js';
import { lookAtDisk } from './look-at-disk.js';
import type { ChannelFailures, PostgresSeen, SchemaSeen } from '../seen.js';

const STATEMENT_MS: Milliseconds = 3000;
const ROUND_TRIPS = 7;

/** As the administrator, for reading: nothing here leaves a trace. */
export async function lookAtPostgres(connectionString: string, signal: AbortSignal): Promise<PostgresSeen> {
  const db = new pg.Client({ connectionString, application_name: 'handoff-doctor', statement_timeout: STATEMENT_MS });
  db.on('error', () => undefined); // a connection that was cut fails its statement, too
  const leave = (): void => void db.end().catch(() => undefined); // nobody waits for it
  signal.addEventListener('abort', leave, { once: true });
  const begun = performance.now();
  try {
    await db.connect();
    const connectMs = Math.round(performance.now() - begun);
    const roundTripMs = await roundTrip(db);
    const { dataDirectory, ...server } = await serverOf(db);
    const disk = dataDirectory !== null && isHere(connectionString) ? await lookAtDisk(dataDirectory).catch(() => null) : null;
    const schemas: SchemaSeen[] = [];
    for (const one of SERVICE_SCHEMAS) schemas.push(await schemaOf(db, one));
    return { connectMs, roundTripMs, ...server, disk, schemas, failures: await failuresOf(db), notWritten: await whyNotWritten(db) };
  } finally {
    leave();
  }
}

/** Next to the quickest: the slower ones may be this machine's own business. */
async function roundTrip(db: pg.Client): Promise<Milliseconds> {
  const took: Milliseconds[] = [];
  for (let tried = 0; tried < ROUND_TRIPS; tried++) {
    const begun = performance.now();
    await db.query('SELECT 1');
    took.push(performance.now() - begun);
  }
  return Math.round(took.toSorted((one, other) => one - other)[1] ?? 0);
}

/** A path of another machine may be here as well, and be another disk. */
const isHere = (connectionString: string): boolean => ['127.0.0.1', 'localhost', '[::1]', ''].includes(new URL(connectionString).hostname);

interface ServerRow {
  readonly read_only: boolean;
  readonly now: Date;
  readonly connections: number;
  readonly most: number;
  /** Null for a role that may not read it. */
  readonly data_directory: string | null;
}

async function serverOf(db: pg.Client) {
  const asked = Date.now();
  const { rows } = await db.query<ServerRow>(`
    SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS read_only, clock_timestamp() AS now,
           (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
           current_setting('max_connections')::int AS most,
           CASE WHEN pg_has_role('pg_read_all_settings', 'MEMBER') THEN current_setting('data_directory') END AS data_directory`);
  const middle = (asked + Date.now()) / 2;
  const {
    read_only: isReadOnly = false,
    now = new Date(middle),
    connections = 0,
    most: mostConnections = 0,
    data_directory: dataDirectory = null,
  } = rows[0] ?? {};
  const aheadSeconds: Seconds = Math.round((now.getTime() - middle) / 1000);
  return { isReadOnly, aheadSeconds, connections, mostConnections, dataDirectory };
}

async function schemaOf(db: pg.Client, { service, schema }: ServiceSchema): Promise<SchemaSeen> {
  const { rows } = await db.query<{ readonly there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [`${schema}.migrations`]);
  if (!rows[0]?.there) return { service, schema, missing: null, unknown: 0, clockAheadSeconds: null };
  const name = pg.escapeIdentifier(schema);
  const had = await db.query<{ readonly timestamp: string }>(`SELECT timestamp FROM ${name}.migrations`);
  const clock = await db.query<{ readonly ahead: number }>(
    `SELECT extract(epoch FROM ${name}.handoff_now() - clock_timestamp())::float8 AS ahead`,
  );
  const known = await migrationsOf(service);
  const timestamps = new Set(had.rows.map(({ timestamp }) => timestamp));
  const newest = known.map(timestampOf).toSorted().at(-1) ?? '';
  return {
    ...{ service, schema, missing: known.filter((file) => !timestamps.has(timestampOf(file))) },
    unknown: [...timestamps].filter((it) => it.length === newest.length && it > newest).length,
    clockAheadSeconds: Math.round(clock.rows[0]?.ahead ?? 0),
  };
}

/** Of this checkout: what a service beside it would bring its schema up to. */
async function migrationsOf(service: string): Promise<readonly string[]> {
  const files = await readdir(join(REPOSITORY, 'services', service, 'dist/migrations')).catch(() => []);
  return files.filter((file) => /^\d+-.*\.js$/.test(file)).map((file) => file.slice(0, -'.js'.length));
}

const timestampOf = (migration: string): string => migration.slice(0, migration.indexOf('-'));

/** What has become of copies lately, where the reason is kept: the metrics have no room for it. */
async function failuresOf(db: pg.Client): Promise<readonly ChannelFailures[]> {
  const { rows } = await db.query<{ readonly there: boolean }>(`SELECT to_regclass('notifier.notifications') IS NOT NULL AS there`);
  if (!rows[0]?.there) return [];
  const found = await db.query<{ channel: string; failed: number; delivered: number; last_error: string | null }>(`
    SELECT channel, count(*) FILTER (WHERE last_error IS NOT NULL AND delivered_at IS NULL)::int AS failed,
           count(*) FILTER (WHERE delivered_at IS NOT NULL)::int AS delivered,
           (array_agg(last_error ORDER BY due_at DESC) FILTER (WHERE last_error IS NOT NULL AND delivered_at IS NULL))[1] AS last_error
    FROM notifier.notifications
    WHERE handoff_id IN (SELECT handoff_id FROM notifier.desk_items WHERE state = 'open' OR ended_at > notifier.handoff_now() - interval '15 minutes')
    GROUP BY channel`);
  return found.rows.map(({ last_error: lastError, ...it }) => ({ ...it, lastError: lastError ?? '' })).filter(({ failed }) => failed > 0);
}

/** A table of this connection alone makes the server take room on its disk; it is gone with the transaction. */
async function whyNotWritten(db: pg.Client): Promise<string | null> {
  try {
    await db.query('BEGIN READ WRITE');
    await db.query(
      `CREATE TEMPORARY TABLE handoff_doctor ON COMMIT DROP AS SELECT repeat(md5(n::text), 64) FROM generate_series(1, 200) AS n`,
    );
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await db.query('ROLLBACK').catch(() => undefined);
  }
}
