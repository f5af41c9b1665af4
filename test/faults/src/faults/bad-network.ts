import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from '../site/ground.js';
import type { TcpProxy, Toxics } from '../site/tcp-proxy.js';
import { OUTAGE_IS_OVER_WITHIN_MS, outageMs, type Fault } from './fault.js';

const SLOW: Partial<Toxics> = { latencyMs: 50, jitterMs: 150, bytesPerSecond: 256 * 1024 };
const RESETTING: Partial<Toxics> = { resetAfterMs: 1500 };

const badNetwork = (name: string, describe: string, toxics: Partial<Toxics>, between: (ground: Ground) => TcpProxy): Fault => ({
  name,
  describe,
  short: 0,
  full: 3,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    between(site.ground).poison(toxics);
    await sleep(2 * outageMs(site));
    between(site.ground).poison({});
    return { times: 1, mendedAt: Date.now() };
  },
});

export const badNetworks: readonly Fault[] = [
  badNetwork('slow-kafka', 'a slow, uneven and narrow network to Kafka', SLOW, (it) => it.kafkaNetwork),
  badNetwork('resetting-kafka', 'every connection to Kafka is reset after a second or two', RESETTING, (it) => it.kafkaNetwork),
  badNetwork(
    'slow-postgres',
    'a slow, uneven and narrow network to Postgres',
    { ...SLOW, latencyMs: 10, jitterMs: 40 },
    (it) => it.postgresNetwork,
  ),
  badNetwork('resetting-postgres', 'every connection to Postgres is reset after a second or two', RESETTING, (it) => it.postgresNetwork),
];
