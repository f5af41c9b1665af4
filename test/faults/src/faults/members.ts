import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '@handoff/contracts';
import { DEATH_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

const EVERY_MS = 5000;

export const membersComeAndGo: Fault = {
  name: 'members-come-and-go',
  describe: 'a consumer leaves its group and another comes, every five seconds',
  short: 0,
  full: 3,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  async inject({ crew, random, isFull }) {
    const times = isFull ? 24 : 4;
    for (let time = 0; time < times; time++) {
      const replica = random.pick(crew.of(random.pick(SERVICES)));
      await crew.stop(replica);
      await Promise.all([crew.start(replica), sleep(EVERY_MS)]);
    }
    return { times, mendedAt: Date.now() };
  },
};
