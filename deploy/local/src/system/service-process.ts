import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HandoffError, type Service } from '@handoff/contracts';
import { REPOSITORY } from '../home.js';
import type { Log } from '../log.js';
import { assertPortFree } from '../ports.js';
import { startProcess, type Exit, type ManagedProcess, type StopSteps } from '../processes/managed-process.js';
import { endOrphan } from '../processes/pid-file.js';
import { waitUntilReady } from '../processes/wait-until.js';
import { PORT_SETTINGS, type PortSetting } from './local-ports.js';
import { urlOf } from './service-env.js';

type Env = Readonly<Record<string, string>>;

interface ProcessOptions {
  readonly port: number;
  readonly env: Env;
  readonly stateDir: string;
  readonly log: Log;
  /** Called when it ends without having been asked to. */
  readonly onDied: (died: ServiceDiedError) => void;
}

export interface ServiceOptions extends ProcessOptions {
  readonly service: Service;
  /** From 1; each has a port, a pid file and a log of its own, and the same topics, group and schema as the others. */
  readonly replica: number;
}

export interface ProgramOptions extends ProcessOptions {
  readonly name: string;
  readonly main: string;
  readonly portSetting: PortSetting;
}

/** A process of its own, to be started, stopped and killed as often as a test wants. */
export interface Program {
  /** `intake`, and from the second replica on `intake-2`: also the name of its log and pid file. */
  readonly name: string;
  readonly url: string;
  readonly logFile: string;
  /** Null before its first start. */
  pid(): number | null;
  isRunning(): boolean;
  /** Resolves once it is ready. What is set here holds until the next start. */
  start(env?: Env): Promise<void>;
  /** Asks it to finish, and waits; after 15 seconds it is killed. */
  stop(): Promise<void>;
  /** Ends it without asking, and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  restart(env?: Env): Promise<void>;
}

/** One service. */
export interface ServiceProcess extends Program {
  readonly service: Service;
}

export class ServiceNotBuiltError extends HandoffError {
  readonly code = 'SERVICE_NOT_BUILT';
  constructor(name: string, main: string) {
    super(`${name} is not built: there is no ${main}. Run npm run build.`);
  }
}

export class ServiceDiedError extends HandoffError {
  readonly code = 'SERVICE_DIED';
  constructor(name: string, { code, signal }: Exit, logFile: string, lines: string) {
    super(`${name} ended by itself (${signal ?? `exit code ${code}`}). Its log is ${logFile} and ends with:\n${lines}`);
  }
}

const STOP: StopSteps = [
  ['SIGTERM', 15],
  ['SIGKILL', 5],
];
/** On a busy machine; one that ends by itself is told at once. */
const READY_SECONDS = 120;

const PID_FILE = '.pid.json';

/** Of all replicas that were ever started here; an earlier start may have had more of them. */
export async function servicePidFiles(stateDir: string, service: Service): Promise<readonly string[]> {
  const isOfService = (file: string): boolean =>
    file.startsWith(service) && file.endsWith(PID_FILE) && /^(-\d+)?$/.test(file.slice(service.length, -PID_FILE.length));
  return (await readdir(stateDir)).filter(isOfService).map((file) => join(stateDir, file));
}

export function serviceProcess({ service, replica, ...options }: ServiceOptions): ServiceProcess {
  const name = replica === 1 ? service : `${service}-${replica}`;
  const main = join(REPOSITORY, 'dist', `${service}.js`);
  return { service, ...program({ ...options, name, main, portSetting: PORT_SETTINGS[service] }) };
}

/** What answers on a port of its own, and says there whether it is ready. */
export function program(options: ProgramOptions): Program {
  const { name, main, stateDir, log } = options;
  const url = urlOf(options.port);
  const logFile = join(stateDir, 'logs', `${name}.log`);
  let running: ManagedProcess | null = null;
  let isWatched = false; // not before it is ready, nor once it was asked to end

  const start = async (env: Env = {}): Promise<void> => {
    const pidFile = join(stateDir, name + PID_FILE);
    await endOrphan(pidFile, log);
    await assertPortFree(options.port, options.portSetting);
    await access(main).catch(() => {
      throw new ServiceNotBuiltError(name, main);
    });
    const started = await startProcess({
      name,
      command: process.execPath,
      args: [main],
      env: { ...process.env, ...options.env, ...env },
      logFile,
      pidFile,
    });
    running = started;
    void started.exited.then(async (exit) => {
      if (isWatched) options.onDied(new ServiceDiedError(name, exit, logFile, await started.lastLines(5)));
    });
    await waitUntilReady(started, () => isReady(url), READY_SECONDS).catch(async (error: unknown) => {
      await end(STOP);
      throw error;
    });
    isWatched = true;
  };
  const end = async (steps: StopSteps): Promise<void> => {
    isWatched = false;
    await running?.stop(steps);
  };
  return {
    name,
    url,
    logFile,
    pid: () => running?.pid ?? null,
    isRunning: () => running !== null && !running.hasExited(),
    start,
    stop: () => end(STOP),
    kill: (signal = 'SIGKILL') => end([[signal, 15], ...STOP]),
    restart: async (env) => {
      await end(STOP);
      await start(env);
    },
  };
}

async function isReady(url: string): Promise<void> {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3000) });
  if (!response.ok) throw new Error(await response.text());
}
