import { SERVICES } from '@handoff/contracts';
import type { Fault } from './fault.js';

/** The group waits 10 s for a member that has gone without a word; nobody is asked to be quicker than that. */
export const GROUP_WAITS_MS = 10_000;

export const kill: Fault = {
  name: 'kill',
  describe: 'kill -9 of one replica of each service at random moments; each is started again at once',
  short: 1,
  full: 20,
  recoversWithinMs: GROUP_WAITS_MS + 20_000,
  async inject({ crew, random }) {
    const mendedAt = Date.now();
    const victims = SERVICES.map((service) => random.pick(crew.of(service)));
    await Promise.all(
      victims.map(async (victim) => {
        await new Promise((soon) => setTimeout(soon, random.whole(0, 1500)));
        await crew.kill(victim);
        await crew.start(victim);
      }),
    );
    return { times: victims.length, mendedAt };
  },
};
