import { afterAll, describe, expect, it } from '@jest/globals';
import { emptyDatabase } from '@handoff/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, migrate } from './data-source.js';
import { rows } from './sql.js';

class CreateThings1763769600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE TABLE things (id int)');
    await db.query('SELECT pg_sleep(0.05)'); // long enough for the others to arrive meanwhile
  }
  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE things');
  }
}

describe('an empty database', () => {
  const sources: ReturnType<typeof createDataSource>[] = [];
  afterAll(() => Promise.all(sources.map((it) => it.destroy())));

  it('is migrated once by replicas that start at the same moment', async () => {
    const url = await emptyDatabase('routing');
    for (let replica = 0; replica < 4; replica++)
      sources.push(createDataSource({ url, schema: 'routing', migrations: [CreateThings1763769600000] }));
    await Promise.all(sources.map((it) => it.initialize()));
    await Promise.all(sources.map((it) => migrate(it, 'routing')));
    const [first] = sources;
    expect(first && (await rows(first.manager, 'SELECT name FROM migrations'))).toEqual([{ name: 'CreateThings1763769600000' }]);
  });
});
