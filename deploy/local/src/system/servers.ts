import { join } from 'node:path';
import type { Service } from '@handoff/contracts';
import { provisionDatabase } from '../database/provision-database.js';
import { SERVICE_SCHEMAS } from '../database/service-schema.js';
import { startKafka } from '../kafka/start-kafka.js';
import type { Log } from '../log.js';
import { startPostgres } from '../postgres/start-postgres.js';
import type { ManagedProcess } from '../processes/managed-process.js';
import { applyTopics } from '../topics/apply-topics.js';
import { kafkaFromEnv } from '../topics/kafka-from-env.js';
import { freePort } from '../ports.js';
import type { Ports } from './local-ports.js';
import { urlOf } from './service-env.js';

type Env = Readonly<Record<string, string | undefined>>;

export interface ServersOptions {
  readonly stateDir: string;
  readonly environment: Env;
  readonly ports: Ports;
  readonly topicPrefix: string;
  readonly database?: string;
  /** Whether Kafka tells Prometheus of itself. */
  readonly exporters: boolean;
  readonly log: Log;
}

export interface Server {
  /** Null where it is the user's own, which is neither watched nor stopped. */
  readonly process: ManagedProcess | null;
  stop(): Promise<void>;
}

export interface Broker extends Server {
  readonly brokers: string;
  /** Where Kafka tells Prometheus of itself; null where it does not, or is the user's own. */
  readonly metricsUrl: string | null;
}

export interface Database extends Server {
  /** Null where each service was given its own address. */
  readonly adminUrl: string | null;
  readonly urls: Readonly<Record<Service, string>>;
}

/** Kafka with its topics: the user's own where KAFKA_BROKERS is set, else one of ours. */
export async function startBroker({ stateDir, environment, ports, topicPrefix, exporters, log }: ServersOptions): Promise<Broker> {
  const given = environment['KAFKA_BROKERS'];
  const metricsPort = given || !exporters ? null : (ports['kafka-exporter'] ?? (await freePort()));
  const kafka = given
    ? null
    : await startKafka({
        ...{ stateDir, log, archivesClasses: true },
        ...(ports.kafka === undefined ? {} : { port: ports.kafka }),
        ...(metricsPort === null ? {} : { metricsPort }),
      });
  const brokers = kafka?.brokers ?? given ?? '';
  const stop = async (): Promise<void> => kafka?.stop();
  try {
    await applyTopics(kafkaFromEnv({ ...environment, KAFKA_BROKERS: brokers }), topicPrefix, environment);
  } catch (error) {
    await stop();
    throw error;
  }
  return { brokers, metricsUrl: metricsPort === null ? null : urlOf(metricsPort), process: kafka?.server ?? null, stop };
}

/** Postgres with a role and a schema for each service: the user's own where DATABASE_URL is set, else one of ours. */
export async function startDatabase({ stateDir, environment, ports, database, log }: ServersOptions): Promise<Database> {
  const own = ownUrls(environment);
  if (own) return { adminUrl: null, urls: own, process: null, stop: async () => undefined };
  const given = environment['DATABASE_URL'];
  const dataDir = join(stateDir, 'postgres');
  const postgres = given ? null : await startPostgres({ dataDir, log, ...(ports.postgres === undefined ? {} : { port: ports.postgres }) });
  const adminUrl = postgres?.adminUrl ?? given ?? '';
  const stop = async (): Promise<void> => postgres?.stop();
  try {
    const passwordKey = environment['ROLE_PASSWORD_KEY'];
    const urls = await provisionDatabase(adminUrl, { ...(database ? { database } : {}), ...(passwordKey ? { passwordKey } : {}) });
    return { adminUrl, urls, process: postgres?.server ?? null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** INTAKE_DATABASE_URL and its like: for a Postgres where nobody may make roles for us. All five, or none. */
function ownUrls(environment: Env): Readonly<Record<Service, string>> | null {
  const urls = SERVICE_SCHEMAS.map(({ service, schema }) => [service, environment[`${schema.toUpperCase()}_DATABASE_URL`]] as const);
  return urls.every(([, url]) => url) ? (Object.fromEntries(urls) as Record<Service, string>) : null; // every service is there
}
