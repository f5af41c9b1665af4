import type { EntityManager, QueryResult } from 'typeorm';

/** Rows of any statement, an UPDATE … RETURNING included. */
export async function rows<Row extends object>(db: EntityManager, statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return (await run<Row>(db, statement, parameters)).records;
}

interface Outcome<Row> {
  readonly records: Row[];
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
