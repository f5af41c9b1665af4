import { DATABASE } from '../database/provision-database.js';
import { databaseUrl } from '../database/service-schema.js';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hours, SERVICES, type Service } from '@handoff/contracts';
import type { Kafka } from 'kafkajs';
import { startCatcher, type Catcher } from '../catcher/start-catcher.js';
import { handoffHome } from '../home.js';
import { logToStderr, type Log } from '../log.js';
import { readPeople } from '../identity/read-people.js';
import { startIdentity, type Identity } from '../identity/start-identity.js';
import { assertPortFree, freePort } from '../ports.js';
import { endOrphan, writePidFile } from '../processes/pid-file.js';
import { signInLink } from '../sign-in-link.js';
import { kafkaFromEnv } from '../topics/kafka-from-env.js';
import { NO_EXPORTERS, startExporters, type Exporters } from './exporters.js';
import { keepSecrets } from './keep-secrets.js';
import { PORT_SETTINGS, type Ports } from './local-ports.js';
import { startBroker, startDatabase, type Broker, type Database, type Server, type ServersOptions } from './servers.js';
import { allOrFirstFailure, replicated, type ReplicatedService } from './replicated-service.js';
import { CANARY_MAIN, canaryEnv, POLICY_FILE, serviceEnv, urlOf, type Secrets } from './service-env.js';
import { program, servicePidFiles, serviceProcess, type Program } from './service-process.js';
import { writeSystemNote } from './system-note.js';
import { Teardown } from './teardown.js';

type Env = Readonly<Record<string, string>>;

export interface SystemOptions {
  /** Data, secrets, logs and pids are in it; HANDOFF_HOME by default. Two systems never share one. */
  readonly stateDir?: string;
  readonly log?: Log;
  /** Free ones where they are not given. */
  readonly ports?: Ports;
  /** With others on the same Kafka, each system has its own prefixes; TOPIC_PREFIX and GROUP_PREFIX by default. */
  readonly topicPrefix?: string;
  readonly groupPrefix?: string;
  /** With others on the same Postgres, each system has its own database. */
  readonly database?: string;
  /** KAFKA_BROKERS and DATABASE_URL in it point to servers that are there already; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Settings over a service's own. */
  readonly env?: Readonly<Partial<Record<Service, Env>>>;
  /** How many processes each service runs, on the same topics, group and schema. One by default. */
  readonly replicas?: number;
  /**
   * By a development provider, which this process runs, as in an installation; or by signed links, for harnesses that need many sessions
   * at whichever replica answers. The provider by default.
   */
  readonly signIn?: 'provider' | 'links';
  /** Whether the canary makes its rounds, and with which settings over its own; by default it does not. */
  readonly canary?: boolean | Env;
  /** Whether Kafka, Postgres and the machine tell Prometheus of themselves; by default they do not. */
  readonly exporters?: boolean;
  /** Which services to start; the others can be started later. All by default. */
  readonly services?: readonly Service[];
  /** Aborted, the start is given up: what has been started is stopped, and the promise is rejected. */
  readonly signal?: AbortSignal;
  /** Told when a service or server ends without having been asked to; by default it is logged. */
  readonly onDied?: (what: Service | 'canary' | 'kafka' | 'postgres', why: string) => void;
}

export interface System {
  readonly stateDir: string;
  readonly services: Readonly<Record<Service, ReplicatedService>>;
  /** Each service's first replica. */
  readonly urls: Readonly<Record<Service, string>>;
  /** To be started and stopped as the services are; it runs where it was asked for. */
  readonly canary: Program;
  readonly exporters: Exporters;
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly groupPrefix: string;
  /** A new client of the system's brokers. */
  kafka(clientId?: string): Kafka;
  /** The administrator's address; null where each service was given its own. */
  readonly adminUrl: string | null;
  /** As the administrator, to the database that holds the services' schemas. */
  readonly databaseUrl: string | null;
  readonly databaseUrls: Readonly<Record<Service, string>>;
  readonly catcher: Catcher;
  readonly secrets: Secrets;
  /** Where people choose who they are; null where they come by links. */
  readonly identityUrl: string | null;
  /** Signs in as this person for the next 12 hours, where the system takes links. */
  signInLink(person: string): string;
  /** Services, then Kafka, then Postgres, last the catcher. However often it is asked, it happens once. */
  stop(): Promise<void>;
}

/** The whole system on this machine: servers, topics, roles, five services and the world outside. Ready when it resolves. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(options: SystemOptions, teardown: Teardown): Promise<System> {
  const environment = options.environment ?? process.env;
  const stateDir = options.stateDir ?? handoffHome(environment);
  const log = options.log ?? logToStderr;
  const ports = options.ports ?? {};
  const topicPrefix = options.topicPrefix ?? environment['TOPIC_PREFIX'] ?? '';
  const groupPrefix = options.groupPrefix ?? environment['GROUP_PREFIX'] ?? '';
  const onDied = options.onDied ?? ((_, why) => log(why));
  await claim(stateDir, log, teardown);
  await clearTheWay(stateDir, ports, log);

  const secrets = await keepSecrets(stateDir);
  const catcher = await catchOn(ports, secrets);
  teardown.add(() => catcher.stop());
  const { exporters: hasExporters = false } = options;
  const servers = {
    stateDir,
    environment,
    ports,
    topicPrefix,
    log,
    exporters: hasExporters,
    ...(options.database ? { database: options.database } : {}),
  };
  const [broker, database] = await startServers(servers, teardown);
  watch('kafka', broker, onDied, teardown);
  watch('postgres', database, onDied, teardown);

  const told = { stateDir, kafka: broker.metricsUrl, adminUrl: database.adminUrl, ports, log };
  const exporters = hasExporters ? await startExporters(told, (stop) => teardown.add(stop)) : NO_EXPORTERS;

  const servicePorts = await portsOf(ports);
  const deskUrl = options.env?.notifier?.['DESK_URL'] ?? urlOf(servicePorts.notifier);
  const policyFile = options.env?.routing?.['POLICY_FILE'] ?? POLICY_FILE;
  const identity = options.signIn === 'links' ? null : await identifyOn(ports, deskUrl, policyFile);
  if (identity) teardown.add(() => identity.stop());
  const replicas = [servicePorts, ...(await portsOfOthers(options.replicas ?? 1))];
  const place = {
    brokers: broker.brokers,
    topicPrefix,
    groupPrefix,
    databaseUrls: database.urls,
    ports: servicePorts,
    smtpUrl: catcher.smtpUrl,
    catcherUrl: catcher.url,
    objectsFolder: join(stateDir, 'objects'),
    canaryUrl: urlOf(ports.canary ?? (await freePort())),
    secrets,
    identity,
  };
  const services = each((service) =>
    replicated(
      service,
      replicas.map((of, at) =>
        serviceProcess({
          ...{ service, replica: at + 1, port: of[service], stateDir, log },
          env: {
            OTEL_EXPORTER_OTLP_ENDPOINT: environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? catcher.url,
            ...serviceEnv(service, place, of[service]),
            ...options.env?.[service],
          },
          onDied: (died) => onDied(service, died.message),
        }),
      ),
    ),
  );
  const canary = program({
    ...{ name: 'canary', main: CANARY_MAIN, port: Number(new URL(place.canaryUrl).port), portSetting: PORT_SETTINGS.canary, stateDir, log },
    env: { ...canaryEnv(place, deskUrl), ...(typeof options.canary === 'object' ? options.canary : {}) },
    onDied: (died) => onDied('canary', died.message),
  });
  teardown.add(async () => void (await Promise.all([canary, ...SERVICES.map((service) => services[service])].map((it) => it.stop()))));
  const stopEarly = (): void => void teardown.run().catch(() => undefined); // the start itself then fails, and says so
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', stopEarly);
  const adminDatabaseUrl = database.adminUrl && databaseUrl(database.adminUrl, options.database ?? DATABASE);
  teardown.add(
    await writeSystemNote(stateDir, {
      ...{ brokers: broker.brokers, topicPrefix, groupPrefix, databaseUrl: adminDatabaseUrl },
      canaryUrl: options.canary ? place.canaryUrl : null,
      urls: each((service) => services[service].replicas.map(({ url }) => url)),
    }),
  );
  await allOrFirstFailure((options.services ?? SERVICES).map((service) => services[service].start()));
  if (options.canary) await canary.start();
  options.signal?.removeEventListener('abort', stopEarly);
  options.signal?.throwIfAborted();

  return {
    stateDir,
    services,
    canary,
    exporters,
    urls: each((service) => urlOf(servicePorts[service])),
    brokers: broker.brokers,
    topicPrefix,
    groupPrefix,
    kafka: (clientId) => kafkaFromEnv({ ...environment, KAFKA_BROKERS: broker.brokers }, clientId),
    adminUrl: database.adminUrl,
    databaseUrl: adminDatabaseUrl,
    databaseUrls: database.urls,
    catcher,
    secrets,
    identityUrl: identity?.issuer ?? null,
    signInLink: (person) => signInLink({ deskUrl: urlOf(servicePorts.notifier), secret: secrets.signInLink, person, validFor: hours(12) }),
    stop: () => teardown.run(),
  };
}

/** Says so at once when the folder is another system's, before its ports are found busy one by one. */
async function claim(stateDir: string, log: Log, teardown: Teardown): Promise<void> {
  const pidFile = join(stateDir, 'system.pid.json');
  await mkdir(stateDir, { recursive: true });
  await endOrphan(pidFile, log);
  await writePidFile(pidFile, 'Handoff', process.pid);
  teardown.add(() => rm(pidFile, { force: true }));
}

/** Before any server starts: services that a killed start left behind are ended while their servers still run, and ports are free. */
async function clearTheWay(stateDir: string, ports: Ports, log: Log): Promise<void> {
  const pidFiles = await Promise.all(SERVICES.map((service) => servicePidFiles(stateDir, service)));
  await Promise.all([...pidFiles.flat(), join(stateDir, 'canary.pid.json')].map((file) => endOrphan(file, log)));
  for (const name of [...SERVICES, 'canary'] as const) {
    const port = ports[name];
    if (port !== undefined) await assertPortFree(port, PORT_SETTINGS[name]);
  }
}

async function catchOn({ catcher, smtp }: Ports, secrets: Secrets): Promise<Catcher> {
  if (catcher !== undefined) await assertPortFree(catcher, PORT_SETTINGS.catcher);
  if (smtp !== undefined) await assertPortFree(smtp, PORT_SETTINGS.smtp);
  return startCatcher({
    webhookSecret: secrets.webhook,
    ...(catcher === undefined ? {} : { port: catcher }),
    ...(smtp === undefined ? {} : { smtpPort: smtp }),
  });
}

async function identifyOn({ identity: port }: Ports, deskUrl: string, policyFile: string): Promise<Identity> {
  if (port !== undefined) await assertPortFree(port, PORT_SETTINGS.identity);
  return startIdentity({ deskUrl, people: await readPeople(policyFile), ...(port === undefined ? {} : { port }) });
}

/** Both at once. Postgres goes on the teardown first, so that Kafka stops before it, whichever was up sooner. */
async function startServers(options: ServersOptions, teardown: Teardown): Promise<[Broker, Database]> {
  const [database, broker] = await Promise.allSettled([startDatabase(options), startBroker(options)]);
  if (database.status === 'fulfilled') teardown.add(() => database.value.stop());
  if (broker.status === 'fulfilled') teardown.add(() => broker.value.stop());
  if (broker.status === 'rejected') throw broker.reason;
  if (database.status === 'rejected') throw database.reason;
  return [broker.value, database.value];
}

function watch(
  what: 'kafka' | 'postgres',
  { process: server }: Server,
  onDied: NonNullable<SystemOptions['onDied']>,
  teardown: Teardown,
): void {
  if (!server) return;
  void server.exited.then(async ({ code, signal }) => {
    if (teardown.isRunning()) return;
    onDied(
      what,
      `${server.name} ended by itself (${signal ?? `exit code ${code}`}). Its log is ${server.logFile} and ends with:\n${await server.lastLines(5)}`,
    );
  });
}

async function portsOf(ports: Ports): Promise<Readonly<Record<Service, number>>> {
  const all = await Promise.all(SERVICES.map(async (service) => [service, ports[service] ?? (await freePort())] as const));
  return Object.fromEntries(all) as Record<Service, number>; // SERVICES is every service
}

/** The first replicas have the services' own ports; nobody looks for the others by theirs, so they take free ones. */
async function portsOfOthers(replicas: number): Promise<readonly Readonly<Record<Service, number>>[]> {
  return Promise.all(Array.from({ length: replicas - 1 }, () => portsOf({})));
}

function each<T>(make: (service: Service) => T): Readonly<Record<Service, T>> {
  return Object.fromEntries(SERVICES.map((service) => [service, make(service)])) as Record<Service, T>; // SERVICES is every service
}
