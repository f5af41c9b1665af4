import { setTimeout as sleep } from 'node:timers/promises';
import { OUTAGE_IS_OVER_WITHIN_MS, outageMs, type Fault } from './fault.js';
import { liveliness } from './liveliness.js';

export const postgresRestarted: Fault = {
  name: 'postgres-restarted',
  describe: 'Postgres is stopped and started again after a while (5 s, in the full run 60 s)',
  short: 1,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    await site.ground.stopPostgres(site.random.pick(['SIGINT', 'SIGKILL']));
    const broken = await liveliness(site, () => sleep(outageMs(site)));
    await site.ground.startPostgres();
    return { times: 1, mendedAt: Date.now(), broken };
  },
};

export const backendsTerminated: Fault = {
  name: 'backends-terminated',
  describe: 'every connection of every service to Postgres is ended, several times within a second',
  short: 1,
  full: 20,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject({ ground }) {
    const times = 3;
    for (let time = 0; time < times; time++) {
      await ground.db().query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'handoff\\_%'`);
      await sleep(300);
    }
    return { times, mendedAt: Date.now() };
  },
};

export const postgresReadOnly: Fault = {
  name: 'postgres-read-only',
  describe: 'Postgres takes no writes for a while, as after a failover to a standby (5 s, in the full run 60 s)',
  short: 1,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    const set = async (value: 'on' | 'off'): Promise<void> => {
      await site.ground.db().query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
      await site.ground.db().query('SELECT pg_reload_conf()');
    };
    await set('on');
    await sleep(outageMs(site));
    await set('off');
    return { times: 1, mendedAt: Date.now() };
  },
};
