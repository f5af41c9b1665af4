import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyDatabase } from '@handoff/testing';
import { cleanInSteps } from './clean-in-steps.js';
import { createDataSource, type DataSource } from './index.js';
import { rows } from './sql.js';

describe('cleaning', () => {
  let source: DataSource;
  beforeAll(async () => {
    source = createDataSource({ url: await emptyDatabase('routing'), schema: 'routing', migrations: [] });
    await source.initialize();
    await rows(source.manager, 'CREATE TABLE things (n int PRIMARY KEY)');
    await rows(source.manager, 'INSERT INTO things SELECT generate_series(1, 2500)');
  });
  afterAll(() => source.destroy());

  const left = async (): Promise<number> => (await rows(source.manager, 'SELECT 1 FROM things')).length;
  const clean = (most: number, stopped?: () => boolean): Promise<number> =>
    cleanInSteps(source, { table: 'things', where: 'n <= $1', parameters: [most], atOnce: 100, ...(stopped ? { stopped } : {}) });

  it('takes what may go, step by step, and nothing else', async () => {
    expect(await clean(450)).toBe(450);
    expect(await left()).toBe(2050);
    expect(await clean(450)).toBe(0);
  });

  it('ends after the step in which it is asked to', async () => {
    let asked = 0;
    expect(await clean(2500, () => ++asked > 3)).toBe(300);
  });

  it('passes over what somebody holds, and shares the rest with another one', async () => {
    await source.transaction(async (held) => {
      await rows(held, 'SELECT 1 FROM things WHERE n = 2500 FOR UPDATE');
      const gone = await Promise.all([clean(2500), clean(2500)]);
      expect(gone[0] + gone[1]).toBe(1749);
    });
    expect(await clean(2500)).toBe(1);
  });

  it('takes what belongs to a row with it, but for what is shared and somebody holds', async () => {
    await rows(source.manager, 'CREATE TABLE kinds (kind text PRIMARY KEY)');
    await rows(source.manager, `CREATE TABLE parts (n int, part int, PRIMARY KEY (n, part))`);
    await rows(source.manager, `ALTER TABLE things ADD COLUMN kind text`);
    await rows(source.manager, `INSERT INTO things SELECT n, 'kind ' || n % 3 FROM generate_series(1, 30) AS n`);
    await rows(source.manager, `INSERT INTO kinds SELECT 'kind ' || n FROM generate_series(0, 2) AS n`);
    await rows(source.manager, 'INSERT INTO parts SELECT n, part FROM generate_series(1, 30) AS n, generate_series(1, 4) AS part');
    await source.transaction(async (held) => {
      await rows(held, `SELECT 1 FROM kinds WHERE kind = 'kind 1' FOR UPDATE`);
      const belongings = [
        { table: 'parts', by: ['n'] },
        { table: 'kinds', by: ['kind'], isShared: true },
      ];
      const gone = await cleanInSteps(source, { table: 'things', where: 'n <= 20', with: belongings, atOnce: 3 });
      expect(gone).toBe(20);
    });
    expect(await rows(source.manager, 'SELECT min(n), count(*)::int AS parts FROM parts')).toEqual([{ min: 21, parts: 40 }]);
    expect(await rows(source.manager, 'SELECT kind FROM kinds')).toEqual([{ kind: 'kind 1' }]);
  });
});
