import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '@handoff/contracts';
import { keepSchema, setBackSchema } from '@handoff/testing';
import { DEATH_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

/** As a backup of one schema alone would do it: its tables as they were two minutes ago, everything else as it is. */
export const restored: readonly Fault[] = SERVICES.map((service) => ({
  name: `restored-${service}`,
  describe: `the schema of ${service} is set back by two minutes (outside the full run by 15 s) while it is stopped`,
  short: 0,
  full: 1,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  catchesUpWithinMs: 60_000, // two minutes of every topic that it reads come again before what is new
  setsBack: service,
  async inject({ crew, ground, isFull }) {
    const schema = service.replaceAll('-', '_');
    await keepSchema(ground.db(), schema);
    await sleep(isFull ? 120_000 : 15_000);
    await Promise.all(crew.of(service).map((replica) => crew.stop(replica)));
    await setBackSchema(ground.db(), schema);
    const mendedAt = Date.now();
    await Promise.all(crew.of(service).map((replica) => crew.start(replica)));
    return { times: 1, mendedAt };
  },
}));
