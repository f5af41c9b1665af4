import { expect, it } from '@jest/globals';
import { emptyDatabase } from '@handoff/testing';
import type { Pool } from 'pg';
import { createDataSource } from './data-source.js';

it('a connection that is ended in the very moment in which it is taken ends no process', async () => {
  const source = createDataSource({ url: await emptyDatabase('routing'), schema: 'routing', migrations: [], poolSize: 1 });
  await source.initialize();
  const { master: pool } = source.driver as unknown as { readonly master: Pool }; // the driver's own, typed as anything
  const told = await new Promise<Error | null>((resolve, fail) =>
    pool.connect((error, client, release) => {
      if (error || !client) return fail(error ?? new Error('there is no connection'));
      try {
        // As pg tells it where the word of the end came in one piece with the answer before: nobody has had a chance to listen.
        client.emit('error', new Error('terminating connection due to administrator command'));
        resolve(null);
      } catch (unheard) {
        resolve(unheard as Error);
      } finally {
        release(true);
      }
    }),
  );
  await source.destroy();
  expect(told).toBeNull();
});
