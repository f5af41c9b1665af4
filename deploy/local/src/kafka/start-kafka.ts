import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HandoffError } from '@handoff/contracts';
import kafkajs from 'kafkajs';
import { handoffHome } from '../home.js';
import type { Log } from '../log.js';
import { assertPortFree, freePort, LOOPBACK } from '../ports.js';
import { startProcess, type ManagedProcess, type StopSteps } from '../processes/managed-process.js';
import { endOrphan } from '../processes/pid-file.js';
import { waitUntilReady } from '../processes/wait-until.js';
import { jmxAgent } from './jmx-agent.js';
import { kafkaJars } from './kafka-jars.js';
import { log4j2Xml, serverProperties, type KafkaPlace } from './kafka-settings.js';

const { Kafka, logLevel } = kafkajs; // CommonJS: Node finds no named exports in it

const run = promisify(execFile);

export interface KafkaOptions {
  /** Data, settings, log and pid are in it. */
  readonly stateDir: string;
  /** Free ones when they are not given. */
  readonly port?: number;
  readonly controllerPort?: number;
  /** Where clients are told to go, if something stands between them and the broker; the broker's own port by default. */
  readonly advertisedPort?: number;
  /** Where the jars are kept between starts; HANDOFF_HOME by default, so that several brokers share them. */
  readonly jarsDir?: string;
  /**
   * For data that will be started again: the first stop writes down the classes that were loaded (2 s, 45 MB), and later starts
   * need a third less processor time.
   */
  readonly archivesClasses?: boolean;
  /** Where the broker tells Prometheus about itself; it costs about 25 MB of memory. Without, it does not. */
  readonly metricsPort?: number;
  readonly log: Log;
}

export interface LocalKafka {
  readonly brokers: string;
  readonly server: ManagedProcess;
  stop(): Promise<void>;
}

export class KafkaFormatError extends HandoffError {
  readonly code = 'KAFKA_NOT_FORMATTED';
  constructor(stateDir: string, cause: unknown) {
    super(
      `Kafka could not prepare its data folder in ${stateDir}: ${String(cause)}. Check that java (17 or newer) runs and the disk has room.`,
      {
        cause,
      },
    );
  }
}

/** A broker that is asked to stop hands over and writes its state down; after a kill it reads all its logs at the next start. */
const STOP: StopSteps = [
  ['SIGTERM', 20],
  ['SIGKILL', 5],
];
const READY_SECONDS = 60;
/** Measured on 2 cores: the first compiler alone and the serial collector halve the time to start. */
const JVM = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Djava.awt.headless=true'];

/** Apache Kafka on loopback, one KRaft node from its own jars. Ready means that it has answered a client. */
export async function startKafka(options: KafkaOptions): Promise<LocalKafka> {
  const { stateDir, log } = options;
  const [pidFile, logFile] = [join(stateDir, 'kafka.pid.json'), join(stateDir, 'kafka.log')];
  const jars = await kafkaJars(options.jarsDir ?? handoffHome(), log);
  await mkdir(stateDir, { recursive: true });
  await endOrphan(pidFile, log);
  if (options.port !== undefined) await assertPortFree(options.port, { what: 'Kafka', setting: 'HANDOFF_KAFKA_PORT' });

  const port = options.port ?? (await freePort());
  const advertisedPort = options.advertisedPort ?? port;
  const controllerPort = options.controllerPort ?? (await freePort());
  const settings = await writeSettings(stateDir, { port, controllerPort, advertisedPort });
  await formatOnce(stateDir, jars, settings);
  const server = await startProcess({
    name: 'Kafka',
    command: 'java',
    args: [
      ...JVM,
      ...(options.metricsPort === undefined ? [] : [await jmxAgent(options.jarsDir ?? handoffHome(), options.metricsPort, log)]),
      // the JVM archives nothing beside an agent
      ...(options.archivesClasses && options.metricsPort === undefined ? await classArchive(stateDir) : []),
      `-Dlog4j2.configurationFile=${join(stateDir, 'log4j2.xml')}`,
      '-cp',
      `${jars}/*`,
      'kafka.Kafka',
      settings,
    ],
    logFile,
    pidFile,
  });
  const brokers = `${LOOPBACK}:${advertisedPort}`;
  try {
    await waitUntilReady(server, () => answers(brokers), READY_SECONDS);
  } catch (error) {
    await server.stop(STOP);
    throw error;
  }
  return { brokers, server, stop: async () => void (await server.stop(STOP)) };
}

/** One per data folder, which one broker holds at a time. A broken or outdated one is ignored by the JVM. */
async function classArchive(stateDir: string): Promise<string[]> {
  const file = join(stateDir, 'kafka.jsa');
  return [(await stat(file).catch(() => null)) ? `-XX:SharedArchiveFile=${file}` : `-XX:ArchiveClassesAtExit=${file}`];
}

async function writeSettings(stateDir: string, place: Omit<KafkaPlace, 'dataDir'>): Promise<string> {
  const file = join(stateDir, 'server.properties');
  await writeFile(file, serverProperties({ ...place, dataDir: join(stateDir, 'kafka') }));
  await writeFile(join(stateDir, 'log4j2.xml'), log4j2Xml(join(stateDir, 'kafka.log')));
  return file;
}

async function formatOnce(stateDir: string, jars: string, settings: string): Promise<void> {
  if (await stat(join(stateDir, 'kafka', 'meta.properties')).catch(() => null)) return;
  const clusterId = randomBytes(16).toString('base64url');
  try {
    await run('java', [...JVM, '-cp', `${jars}/*`, 'kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', settings]);
  } catch (error) {
    throw new KafkaFormatError(stateDir, error);
  }
}

async function answers(brokers: string): Promise<void> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING, connectionTimeout: 1000, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } finally {
    await admin.disconnect();
  }
}
