import { HandoffError, type Service } from '@handoff/contracts';
import pg from 'pg';
import { databaseUrl, rolePassword, roleUrl, SERVICE_SCHEMAS, type ServiceSchema } from './service-schema.js';

export interface ProvisionOptions {
  /** Made when it is not there; `handoff` by default. */
  readonly database?: string;
  /** What the roles' passwords are derived from; the administrator's password by default. */
  readonly passwordKey?: string;
  /** Given ones in place of derived ones, where something else has to know them, too. */
  readonly passwords?: Readonly<Partial<Record<Service, string>>>;
}

export class NoPasswordKeyError extends HandoffError {
  readonly code = 'NO_PASSWORD_KEY';
  constructor() {
    super(
      'DATABASE_URL names no password, so the roles’ passwords have nothing to be derived from. ' +
        'Set ROLE_PASSWORD_KEY to a secret, or give each service its own address (INTAKE_DATABASE_URL and so on).',
    );
  }
}

export class ProvisionError extends HandoffError {
  readonly code = 'DATABASE_NOT_PROVISIONED';
  constructor(database: string, cause: unknown) {
    super(
      `Database "${database}" could not be prepared: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'The user of DATABASE_URL needs CREATEDB and CREATEROLE; without them, give each service its own address (INTAKE_DATABASE_URL and so on).',
      { cause },
    );
  }
}

/** One at a time per server, whoever runs it. The number is ours alone and means nothing. */
const LOCK = 7_241_106_315;
export const DATABASE = 'handoff';

/**
 * One role and one schema per service, and no role sees another's schema. Running it again, or twice at once, changes nothing.
 * @returns each service's own address; the tables in it are the service's own affair
 */
export async function provisionDatabase(adminUrl: string, options: ProvisionOptions = {}): Promise<Record<Service, string>> {
  const database = options.database ?? DATABASE;
  const key = options.passwordKey ?? decodeURIComponent(new URL(adminUrl).password);
  const passwordOf = ({ service, role }: ServiceSchema): string => {
    const given = options.passwords?.[service];
    if (given === undefined && key === '') throw new NoPasswordKeyError();
    return given ?? rolePassword(key, role);
  };
  const urls = SERVICE_SCHEMAS.map((one) => [one.service, roleUrl(adminUrl, one.role, passwordOf(one), database)]);
  try {
    await withClient(adminUrl, async (server) => {
      await server.query('SELECT pg_advisory_lock($1)', [LOCK]); // let go with the connection
      await provisionRoles(server, passwordOf);
      await createDatabase(server, database);
      await withClient(databaseUrl(adminUrl, database), (db) => provisionSchemas(db, database));
    });
  } catch (error) {
    throw new ProvisionError(database, error);
  }
  return Object.fromEntries(urls) as Record<Service, string>; // SERVICE_SCHEMAS has every service
}

async function provisionRoles(server: pg.Client, passwordOf: (of: ServiceSchema) => string): Promise<void> {
  const { rows } = await server.query<{ readonly rolname: string }>('SELECT rolname FROM pg_roles');
  const there = new Set(rows.map(({ rolname }) => rolname));
  for (const one of SERVICE_SCHEMAS) {
    const { role } = one;
    const verb = there.has(role) ? 'ALTER' : 'CREATE';
    await server.query(`${verb} ROLE ${name(role)} LOGIN PASSWORD ${pg.escapeLiteral(passwordOf(one))}`);
    // Whoever is not a superuser may give a schema only to a role that he is a member of.
    await server.query(`DO $$ BEGIN IF NOT pg_has_role('${role}', 'MEMBER') THEN GRANT ${name(role)} TO CURRENT_USER; END IF; END $$`);
  }
}

async function createDatabase(server: pg.Client, database: string): Promise<void> {
  const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await server.query(`CREATE DATABASE ${name(database)} TEMPLATE template0`);
}

async function provisionSchemas(db: pg.Client, database: string): Promise<void> {
  await db.query(`REVOKE ALL ON DATABASE ${name(database)} FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC`);
  for (const { role, schema } of SERVICE_SCHEMAS) {
    await db.query(`
      CREATE SCHEMA IF NOT EXISTS ${name(schema)} AUTHORIZATION ${name(role)};
      REVOKE ALL ON SCHEMA ${name(schema)} FROM PUBLIC;
      GRANT CONNECT ON DATABASE ${name(database)} TO ${name(role)};
      ALTER ROLE ${name(role)} IN DATABASE ${name(database)} SET search_path = ${name(schema)}`);
  }
}

const name = pg.escapeIdentifier;

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'handoff-provision' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
