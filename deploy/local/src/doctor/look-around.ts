import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type Milliseconds, type Seconds, type Service } from '@handoff/contracts';
import type { Installation } from '../command/installation.js';
import type { Env } from '../command/io.js';
import { OperatorClient, operatorName, serviceTokenSecret } from '../operator/operator-client.js';
import { lookWithin } from './looked.js';
import { lookAtAgents } from './looks/look-at-agents.js';
import { lookAtDeadLetters } from './looks/look-at-dead-letters.js';
import { lookAtDisk } from './looks/look-at-disk.js';
import { lookAtKafka } from './looks/look-at-kafka.js';
import { lookAtPolicy } from './looks/look-at-policy.js';
import { lookAtPostgres } from './looks/look-at-postgres.js';
import { lookAtProcess, scrape } from './looks/look-at-process.js';
import type { Seen } from './seen.js';

const SERVERS_WITHIN_MS: Milliseconds = 10_000;
const DOORS_WITHIN_MS: Milliseconds = 4000;
const DISK_WITHIN_MS: Milliseconds = 1000;

export interface LookingFor {
  /** Between the two looks, for what moves and what does not. */
  readonly watchMs: Milliseconds;
  readonly silentAfter: Seconds;
}

/** Looks at everything at once, at some of it twice. Each look has a time of its own, so that all of it has one. */
export async function lookAround(installation: Installation, env: Env, { watchMs, silentAfter }: LookingFor): Promise<Seen> {
  const { urls, databaseUrl, dataDir, canaryUrl } = installation;
  const pause = sleep(watchMs);
  const [processes, kafka, postgres, doors, canary, disk] = await Promise.all([
    Promise.all(SERVICES.flatMap((service) => urls[service].map((url) => lookAtProcess(service, url, pause)))),
    lookWithin(SERVERS_WITHIN_MS + watchMs, (signal) => lookAtKafka(installation, env, pause, signal)),
    databaseUrl === null ? null : lookWithin(SERVERS_WITHIN_MS, (signal) => lookAtPostgres(databaseUrl, signal)),
    lookBehindDoors(installation, env),
    canaryUrl === null ? null : scrape(canaryUrl),
    dataDir === null ? null : lookWithin(DISK_WITHIN_MS, () => lookAtDisk(dataDir)),
  ]);
  return { processes, kafka, postgres, ...doors, canary, disk, silentAfter };
}

/** What operators alone are told; nothing without the secret that their tokens are signed with. */
async function lookBehindDoors({ urls }: Installation, env: Env): Promise<Pick<Seen, 'deadLetters' | 'agents' | 'policy'>> {
  const secret = await serviceTokenSecret(env).catch(() => null);
  if (secret === null) return { deadLetters: null, agents: null, policy: null };
  const door = (service: Service): OperatorClient => new OperatorClient(service, urls[service][0] ?? '', secret, operatorName(env));
  const [deadLetters, agents, policy] = await Promise.all([
    Promise.all(SERVICES.map((service) => lookAtDeadLetters(door(service)))),
    lookWithin(DOORS_WITHIN_MS, () => lookAtAgents(door('intake'))),
    lookWithin(DOORS_WITHIN_MS, () => lookAtPolicy(door('routing'))),
  ]);
  return { deadLetters, agents, policy };
}
