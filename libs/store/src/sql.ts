import type { EntityManager, QueryResult } from 'typeorm';

/** Rows of any statement, an UPDATE … RETURNING included. */
export async function rows<Row extends object>(db: EntityManager, statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return (await run<Row>(db, statement, parameters)).records;
}

/** How many rows a statement changed. */
export async function affected(db: EntityManager, statement: string, parameters: readonly unknown[] = []): Promise<number> {
  return (await run(db, statement, parameters)).affected ?? 0;
}

interface Outcome<Row> {
  readonly records: Row[];
  readonly affected?: number;
}

async function run<Row>(db: EntityManager, statement: string, parameters: readonly unknown[]): Promise<Outcome<Row>> {
  if (db.queryRunner) return (await db.queryRunner.query(statement, [...parameters], true)) as QueryResult as Outcome<Row>;
  const runner = db.dataSource.createQueryRunner();
  try {
    return (await runner.query(statement, [...parameters], true)) as QueryResult as Outcome<Row>;
  } finally {
    await runner.release();
  }
}

/** The database's clock, the only one that counts: tests move it by replacing this function in the schema. */
export async function databaseNow(db: EntityManager): Promise<Date> {
  const [row] = await rows<{ now: Date }>(db, 'SELECT handoff_now() AS now');
  return row?.now ?? new Date(Number.NaN);
}
