import { SERVICES } from '@handoff/contracts';
import type { ServiceProcess } from '@handoff/local';
import { DEATH_IS_OVER_WITHIN_MS, type Fault, type Injected, type Site } from './fault.js';

/** Named in libs/bus/src/kill-point.ts. */
export const POINTS = {
  before_commit: 'before the commit',
  after_commit: 'after the commit, before anything is sent',
  before_offset: 'after the commit, before Kafka hears of the offset',
  after_send: 'after the send, before the outbox row says so',
} as const;
export type Point = keyof typeof POINTS;
const NAMES = Object.keys(POINTS) as readonly Point[]; // its own keys

const DIES_WITHIN_SECONDS = 25;
/** In the full run each dies as often in a row, as what kills it is still there when it comes back. */
const DEATHS_IN_A_ROW = 5;

/** One replica of each service at one point, at the same time. */
export const killPoints: readonly Fault[] = NAMES.map((point) => ({
  name: `kill-${point.replaceAll('_', '-')}`,
  describe: `one replica of each service ends itself ${POINTS[point]}`,
  short: 0,
  full: 4, // of five services five times each
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  inject: (site) => dieAt(site, () => point),
}));

export const killPointsMixed: Fault = {
  name: 'kill-points',
  describe: 'one replica of each service ends itself at one of the named points, each service at another one',
  short: 1,
  full: 0,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  inject(site) {
    const first = site.random.whole(0, NAMES.length - 1);
    return dieAt(site, (at) => NAMES[(first + at) % NAMES.length] ?? 'before_commit');
  },
};

/** One that is not passed often enough in time is killed all the same, and does not count. */
async function dieAt({ crew, random, isFull }: Site, pointOf: (service: number) => Point): Promise<Injected> {
  const deaths: number[] = [];
  const dieAndReturn = async (replica: ServiceProcess, point: Point): Promise<void> => {
    await crew.stop(replica);
    for (let time = 0; time < (isFull ? DEATHS_IN_A_ROW : 1); time++) {
      const died = await crew.startToDie(replica, { FAULT_KILL_AT: `${point}:${random.whole(2, 10)}` }, DIES_WITHIN_SECONDS);
      if (died) deaths.push(Date.now());
      else await crew.kill(replica);
    }
    await crew.start(replica);
  };
  const victims = SERVICES.map((service) => random.pick(crew.of(service)));
  await Promise.all(victims.map((victim, at) => dieAndReturn(victim, pointOf(at))));
  return { times: deaths.length, mendedAt: Math.max(...deaths, 0) || Date.now() };
}
