import { setTimeout as sleep } from 'node:timers/promises';
import { OUTAGE_IS_OVER_WITHIN_MS, outageMs, type Fault } from './fault.js';
import { until } from '../until.js';
import { isAlive, liveliness } from './liveliness.js';

export const brokerAway: Fault = {
  name: 'broker-away',
  describe: 'nobody reaches Kafka: connections are reset and refused (5 s, in the full run 60 s)',
  short: 1,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    site.ground.kafkaNetwork.cut();
    const broken = await liveliness(site, () => sleep(outageMs(site)));
    await site.ground.kafkaNetwork.mend();
    return { times: 1, mendedAt: Date.now(), broken };
  },
};

export const brokerStopped: Fault = {
  name: 'broker-stopped',
  describe: 'the broker itself is killed, and started again after a while (5 s, in the full run 60 s)',
  short: 0,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    await site.ground.stopKafka('SIGKILL');
    const broken = await liveliness(site, () => sleep(outageMs(site)));
    await site.ground.startKafka();
    return { times: 1, mendedAt: Date.now(), broken };
  },
};

export const brokerAbsentAtStart: Fault = {
  name: 'broker-absent-at-start',
  describe: 'every service is started while there is no broker, and waits for it',
  short: 0,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    const { crew, ground } = site;
    await Promise.all(crew.all().map((replica) => crew.stop(replica)));
    await ground.stopKafka();
    const started = Promise.all(crew.all().map((replica) => crew.start(replica)));
    await until(async () => (await Promise.all(crew.all().map(isAlive))).every(Boolean), 50); // ten processes at once take their time
    const broken = await liveliness(site, () => sleep(site.isFull ? 30_000 : 5000));
    await ground.startKafka();
    const mendedAt = Date.now();
    await started;
    return { times: 1, mendedAt, broken };
  },
};
