import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyDatabase } from '@handoff/testing';
import { createDataSource, isRollback } from './data-source.js';
import { inTransaction, rows } from './sql.js';

describe('a service’s statements', () => {
  let source: ReturnType<typeof createDataSource>;
  beforeAll(async () => {
    source = createDataSource({ url: await emptyDatabase('routing'), schema: 'routing', migrations: [], poolSize: 1 });
    await source.initialize();
    await rows(source.manager, 'CREATE TABLE things (id int PRIMARY KEY)');
  });
  afterAll(() => source.destroy());

  const all = (): Promise<unknown[]> => rows(source.manager, 'SELECT * FROM things ORDER BY id');

  it('of one transaction all count, those that go out with its COMMIT included', async () => {
    const value = await inTransaction(
      source,
      async (db) => {
        await rows(db, 'INSERT INTO things VALUES (1)');
        return 2;
      },
      (id) => [{ text: 'INSERT INTO things VALUES ($1)', parameters: [id] }],
    );
    expect([value, await all()]).toEqual([2, [{ id: 1 }, { id: 2 }]]);
  });

  it.each<[string, string, string]>([
    ['the work', 'INSERT INTO things VALUES (1)', 'SELECT 1'],
    ['what goes out with the COMMIT', 'SELECT 1', 'INSERT INTO things VALUES (1)'],
  ])('none counts where %s fails, and the connection is as good as before', async (_, middle, end) => {
    await inTransaction(source, async (db) => {
      await rows(db, 'DELETE FROM things');
      await rows(db, 'INSERT INTO things VALUES (1), (2)');
    });
    const failing = inTransaction(
      source,
      async (db) => {
        await rows(db, 'DELETE FROM things WHERE id = 2');
        await rows(db, middle);
      },
      () => [{ text: end, parameters: [] }],
    );
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await all()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('are not taken for committed where an error was passed over', async () => {
    const hidden = inTransaction(source, async (db) => {
      await rows(db, 'INSERT INTO things VALUES (1)').catch(() => undefined);
    });
    await expect(hidden).rejects.toThrow('Postgres says ROLLBACK');
  });

  it('go on after the next release has changed a table under them', async () => {
    await all();
    await rows(source.manager, 'ALTER TABLE things ADD COLUMN name text');
    const stale: unknown = await all().then(
      () => null,
      (error: unknown) => error,
    );
    expect(isRollback(stale)).toBe(true); // whoever began a transaction begins it again
    expect(await all()).toEqual([
      { id: 1, name: null },
      { id: 2, name: null },
    ]);
  });
});
