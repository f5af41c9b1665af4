import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '@handoff/contracts';
import { DEATH_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

export const kill: Fault = {
  name: 'kill',
  describe: 'kill -9 of one replica of each service at random moments; each is started again at once',
  short: 1,
  full: 20,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  async inject({ crew, random }) {
    const mendedAt = Date.now();
    const victims = SERVICES.map((service) => random.pick(crew.of(service)));
    await Promise.all(
      victims.map(async (victim) => {
        await sleep(random.whole(0, 1500));
        await crew.kill(victim);
        await crew.start(victim);
      }),
    );
    return { times: victims.length, mendedAt };
  },
};
