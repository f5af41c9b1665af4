import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '@handoff/contracts';
import type { Pool } from 'pg';
import { DEATH_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

/** As a backup of one schema alone would do it: its tables as they were two minutes ago, everything else as it is. */
export const restored: readonly Fault[] = SERVICES.map((service) => ({
  name: `restored-${service}`,
  describe: `the schema of ${service} is set back by two minutes (outside the full run by 15 s) while it is stopped`,
  short: 0,
  full: 1,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  setsBack: service,
  async inject({ crew, ground, isFull }) {
    const schema = service.replaceAll('-', '_');
    await keep(ground.db(), schema);
    await sleep(isFull ? 120_000 : 15_000);
    await Promise.all(crew.of(service).map((replica) => crew.stop(replica)));
    await setBack(ground.db(), schema);
    const mendedAt = Date.now();
    await Promise.all(crew.of(service).map((replica) => crew.start(replica)));
    return { times: 1, mendedAt };
  },
}));

/** At one instant: a backup is of one. */
async function keep(db: Pool, schema: string): Promise<void> {
  const copies = (await tablesOf(db, schema)).map(({ name }) => `CREATE TABLE ${kept(schema)}.${name} AS TABLE ${schema}.${name};`);
  await db.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; DROP SCHEMA IF EXISTS ${kept(schema)} CASCADE;
    CREATE SCHEMA ${kept(schema)}; ${copies.join(' ')} COMMIT`);
}

/** Triggers, those of foreign keys among them, are off: the rows fit together as they are. */
async function setBack(db: Pool, schema: string): Promise<void> {
  const [now, then] = [await tablesOf(db, schema), new Set((await tablesOf(db, kept(schema))).map(({ name }) => name))];
  const copies = now
    .filter(({ name }) => then.has(name))
    .map(
      ({ name, columns }) =>
        `INSERT INTO ${schema}.${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${kept(schema)}.${name};`,
    );
  await db.query(`BEGIN; SET LOCAL session_replication_role = replica;
    TRUNCATE ${now.map(({ name }) => `${schema}.${name}`).join(', ')}; ${copies.join(' ')}
    DROP SCHEMA ${kept(schema)} CASCADE; COMMIT`);
}

const kept = (schema: string): string => `faults_${schema}`;

/** With the columns that can be written; partitions each by itself. */
async function tablesOf(db: Pool, schema: string): Promise<readonly { name: string; columns: string }[]> {
  const { rows } = await db.query<{ name: string; columns: string }>(
    `SELECT quote_ident(c.relname) AS name,
       string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`,
    [schema],
  );
  return rows;
}
