import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '@handoff/contracts';
import { SCHEMAS } from '../check/schemas.js';
import { DEATH_IS_OVER_WITHIN_MS, OUTAGE_IS_OVER_WITHIN_MS, type Fault, type Site } from './fault.js';

const HOUR_MS = 3_600_000;
const PRELOAD = new URL('../../src/faults/shift-clock.mjs', import.meta.url).href;

/** One replica of each service lives an hour ahead, the other an hour behind. */
export const nodeClocks: Fault = {
  name: 'node-clocks',
  describe: 'the processes’ own clocks are wrong: one replica of each service is an hour ahead, the other an hour behind',
  short: 0,
  full: 3,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  async inject(site) {
    await restartAll(site, (replica) => ({
      NODE_OPTIONS: `--import=${PRELOAD}`,
      FAULT_CLOCK_MS: String(replica === 0 ? HOUR_MS : -HOUR_MS),
    }));
    await sleep(site.isFull ? 60_000 : 10_000);
    await restartAll(site, () => ({}));
    return { times: 2 * SERVICES.length, mendedAt: Date.now() };
  },
};

async function restartAll({ crew }: Site, envOf: (replica: number) => Readonly<Record<string, string>>): Promise<void> {
  for (const service of SERVICES)
    await Promise.all(
      crew.of(service).map(async (replica, at) => {
        await crew.stop(replica);
        await crew.start(replica, envOf(at));
      }),
    );
}

/** Each schema asks one function for the time; it is replaced, in all of them at once. */
export const databaseClock: Fault = {
  name: 'database-clock',
  describe: 'the database’s clock is stepped an hour ahead, back, an hour behind, and back',
  short: 0,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  movesClocks: true,
  async inject(site) {
    for (const offset of [HOUR_MS, 0, -HOUR_MS, 0]) {
      await site.ground.db().query(SCHEMAS.map((schema) => functionOf(schema, offset)).join('; '));
      if (offset !== 0) await sleep(site.isFull ? 30_000 : 8000);
    }
    return { times: 4, mendedAt: Date.now() };
  },
};

const functionOf = (schema: string, offsetMs: number): string =>
  `CREATE OR REPLACE FUNCTION ${schema}.handoff_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp() + interval ''${offsetMs} milliseconds'''`;
