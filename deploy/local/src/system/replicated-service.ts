import type { Service } from '@handoff/contracts';
import type { ServiceProcess } from './service-process.js';

type Env = Readonly<Record<string, string>>;

/** A service with all its processes. What is asked of it is asked of each; one alone is asked by itself. */
export interface ReplicatedService {
  readonly service: Service;
  readonly replicas: readonly ServiceProcess[];
  /** Whether any of them runs. */
  isRunning(): boolean;
  /** Starts those that do not run, and resolves once all are ready. */
  start(env?: Env): Promise<void>;
  stop(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  restart(env?: Env): Promise<void>;
}

export function replicated(service: Service, replicas: readonly ServiceProcess[]): ReplicatedService {
  const each = async (ask: (replica: ServiceProcess) => Promise<void>): Promise<void> => allOrFirstFailure(replicas.map(ask));
  return {
    service,
    replicas,
    isRunning: () => replicas.some((it) => it.isRunning()),
    start: (env) => each(async (it) => (it.isRunning() ? undefined : it.start(env))),
    stop: () => each((it) => it.stop()),
    kill: (signal) => each((it) => it.kill(signal)),
    restart: (env) => each((it) => it.restart(env)),
  };
}

/** Waits for all even when one fails: a process that is still starting could otherwise not be stopped. */
export async function allOrFirstFailure(asked: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(asked)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
