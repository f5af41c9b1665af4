import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type Milliseconds } from '@handoff/contracts';
import type { Installation } from '../command/installation.js';
import type { Env } from '../command/io.js';
import { operatorName, serviceTokenSecret } from '../operator/operator-client.js';
import { lookWithin } from './looked.js';
import { lookAtDeadLetters } from './looks/look-at-dead-letters.js';
import { lookAtDisk } from './looks/look-at-disk.js';
import { lookAtKafka } from './looks/look-at-kafka.js';
import { lookAtPostgres } from './looks/look-at-postgres.js';
import { lookAtProcess } from './looks/look-at-process.js';
import type { Seen } from './seen.js';

const SERVERS_WITHIN_MS: Milliseconds = 10_000;
const DISK_WITHIN_MS: Milliseconds = 1000;

/**
 * Looks at everything at once, at some of it twice. Each look has a time of its own, so that all of it has one.
 * @param watchMs between the two looks, for what moves and what does not
 */
export async function lookAround(installation: Installation, env: Env, watchMs: Milliseconds): Promise<Seen> {
  const { urls, databaseUrl, dataDir } = installation;
  const pause = sleep(watchMs);
  const secret = await serviceTokenSecret(env).catch(() => null);
  const [processes, kafka, postgres, deadLetters, disk] = await Promise.all([
    Promise.all(SERVICES.flatMap((service) => urls[service].map((url) => lookAtProcess(service, url, pause)))),
    lookWithin(SERVERS_WITHIN_MS + watchMs, (signal) => lookAtKafka(installation, env, pause, signal)),
    databaseUrl === null ? null : lookWithin(SERVERS_WITHIN_MS, (signal) => lookAtPostgres(databaseUrl, signal)),
    secret === null ? null : Promise.all(SERVICES.map((service) => lookAtDeadLetters(service, installation, secret, operatorName(env)))),
    dataDir === null ? null : lookWithin(DISK_WITHIN_MS, () => lookAtDisk(dataDir)),
  ]);
  return { processes, kafka, postgres, deadLetters, disk };
}
