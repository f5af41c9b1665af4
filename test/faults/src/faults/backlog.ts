import { until } from '../until.js';
import type { Fault } from './fault.js';

export const backlog: Fault = {
  name: 'backlog',
  describe: '10,000 packets wait when intake comes back after an outage (500 outside the full run)',
  short: 0,
  full: 1,
  recoversWithinMs: null,
  async inject({ crew, traffic, isFull }) {
    const size = isFull ? 10_000 : 500;
    await Promise.all(crew.of('intake').map((replica) => crew.stop(replica)));
    const tasks = Array.from({ length: size }, () => traffic.begin({ name: 'answer', door: 'kafka' }));
    await until(() => tasks.every(({ taken }) => taken > 0), 300);
    await Promise.all(crew.of('intake').map((replica) => crew.start(replica)));
    const mendedAt = Date.now();
    const areTold = await until(() => tasks.every(({ pages }) => pages.length > 0), 600);
    return { times: 1, mendedAt, broken: areTold ? [] : ['not everybody was told of the backlog within ten minutes'] };
  },
};
