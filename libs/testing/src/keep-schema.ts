import type { ClientBase, Pool } from 'pg';

/** Allowed to make schemas and to leave triggers out. */
export type Administrator = Pool | ClientBase;

/** As a backup of one schema does it: its tables and sequences, at one instant. */
export async function keepSchema(db: Administrator, schema: string): Promise<void> {
  const copies = (await tablesOf(db, schema)).map(({ name }) => `CREATE TABLE ${kept(schema)}.${name} AS TABLE ${schema}.${name};`);
  await db.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; DROP SCHEMA IF EXISTS ${kept(schema)} CASCADE;
    CREATE SCHEMA ${kept(schema)}; ${copies.join(' ')}
    CREATE TABLE ${kept(schema)}.kept_sequences AS
      SELECT sequencename AS name, last_value FROM pg_sequences WHERE schemaname = '${schema}'; COMMIT`);
}

/** The tables and sequences as they were kept, everything else as it is. Triggers, those of foreign keys among them, are off: the rows fit together. */
export async function setBackSchema(db: Administrator, schema: string): Promise<void> {
  const [now, then] = [await tablesOf(db, schema), new Set((await tablesOf(db, kept(schema))).map(({ name }) => name))];
  const copies = now
    .filter(({ name }) => then.has(name))
    .map(
      ({ name, columns }) =>
        `INSERT INTO ${schema}.${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${kept(schema)}.${name};`,
    );
  await db.query(`BEGIN; SET LOCAL session_replication_role = replica;
    TRUNCATE ${now.map(({ name }) => `${schema}.${name}`).join(', ')}; ${copies.join(' ')}
    SELECT setval(format('${schema}.%I', name)::regclass, coalesce(last_value, 1), last_value IS NOT NULL) FROM ${kept(schema)}.kept_sequences;
    DROP SCHEMA ${kept(schema)} CASCADE; COMMIT`);
}

const kept = (schema: string): string => `kept_${schema}`;

/** With the columns that can be written; partitions each by itself. */
async function tablesOf(db: Administrator, schema: string): Promise<readonly { name: string; columns: string }[]> {
  const { rows } = await db.query<{ name: string; columns: string }>(
    `SELECT quote_ident(c.relname) AS name,
       string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`,
    [schema],
  );
  return rows;
}
