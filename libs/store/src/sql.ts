import type { ClientBase, QueryResult } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { gatherWrites } from './gather-writes.js';

/** Rows of any statement, an UPDATE … RETURNING included. Its text is the same each time: what varies is a parameter. */
export async function rows<Row extends object>(db: EntityManager, statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  if (db.queryRunner) return (await execute<Row>(db.queryRunner, statement, parameters)).rows;
  const runner = db.dataSource.createQueryRunner();
  try {
    return (await execute<Row>(runner, statement, parameters)).rows;
  } finally {
    await runner.release();
  }
}

export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/**
 * `work`, then the statements that `last` gives, in one transaction. Its BEGIN goes out with the first statement, and its COMMIT with
 * the last ones: each round trip is one that a batch, or a person, waits for.
 */
export async function inTransaction<T>(
  source: DataSource,
  work: (db: EntityManager) => Promise<T>,
  last: (value: T) => readonly Statement[] = () => [],
): Promise<T> {
  const runner = source.createQueryRunner();
  const client = await clientOf(runner);
  underWay.set(runner, client);
  try {
    gatherWrites(client);
    const begun = client.query('BEGIN');
    begun.catch(() => undefined); // told by the first statement, which then fails as well
    const value = await work(runner.manager);
    const statements = [...last(value), COMMIT];
    underWay.set(runner, null);
    const closing = statements.map(({ text, parameters }) => send(client, text, parameters));
    const command = (await Promise.all([...closing, begun])).at(-2)?.command;
    if (command !== 'COMMIT') throw new Error(`The transaction was not committed; Postgres says ${command}. See its log.`);
    return value;
  } catch (error) {
    underWay.set(runner, null);
    await send(client, 'ROLLBACK', []).catch(() => undefined); // a connection that is gone has undone it already
    throw error;
  } finally {
    await runner.release();
  }
}

const COMMIT: Statement = { text: 'COMMIT', parameters: [] };

/** Transactions and their connections; null for one that is over, so that no statement of it comes too late and counts by itself. */
const underWay = new WeakMap<QueryRunner, ClientBase | null>();

/** Within a transaction statements go out at once, in the order in which they are asked for, also where none is waited for in between. */
async function execute<Row extends object>(runner: QueryRunner, text: string, values: readonly unknown[]): Promise<QueryResult<Row>> {
  const client = underWay.get(runner);
  if (client === null) throw new Error('This statement came after the end of its transaction, and was not sent.');
  return send<Row>(client ?? (await clientOf(runner)), text, values);
}

/** TypeORM's own `query` would plan each statement anew, as it has no names for them. */
async function send<Row extends object>(client: ClientBase, text: string, values: readonly unknown[]): Promise<QueryResult<Row>> {
  try {
    gatherWrites(client);
    return await client.query<Row>({ name: nameOf(text), text, values: [...values] });
  } catch (error) {
    if (isStalePlan(error)) void (client as ClientBase & { end(): Promise<void> }).end(); // the pool then opens another
    throw error;
  }
}

const clientOf = async (runner: QueryRunner): Promise<ClientBase> => (await runner.connect()) as ClientBase; // what TypeORM's driver for Postgres gives

/** By its name a connection keeps a statement prepared. There are as many as the code has, so that they need no bound. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}
const names = new Map<string, string>();

/** A migration of the next release has changed a table under a statement that this connection had prepared before. */
export function isStalePlan(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}

/** The database's clock, the only one that counts: tests move it by replacing this function in the schema. */
export async function databaseNow(db: EntityManager): Promise<Date> {
  const [row] = await rows<{ now: Date }>(db, 'SELECT handoff_now() AS now');
  return row?.now ?? new Date(Number.NaN);
}
