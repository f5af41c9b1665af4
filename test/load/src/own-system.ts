import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HandoffError } from '@handoff/contracts';
import { handoffHome, logToStderr as log, startSystem, type System, type SystemOptions } from '@handoff/local';

/** A system that nobody else uses, in a folder of its own, for as long as the work takes; a signal ends both. */
export async function inOwnSystem<T>(options: SystemOptions, work: (system: System) => Promise<T>): Promise<T> {
  const home = handoffHome();
  await mkdir(home, { recursive: true });
  const stateDir = await mkdtemp(join(home, 'bench-')); // on the disk that `npm start` uses
  const stop = stopOnSignals();
  let system: System | null = null;
  try {
    system = await startSystem({ ...options, stateDir, signal: stop.signal, signIn: 'links', log });
    return await Promise.race([work(system), rejectedOn(stop.signal)]);
  } finally {
    await system?.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

/** As the administrator, to the database of the services. */
export function databaseOf({ databaseUrl }: System): string {
  if (databaseUrl === null) throw new BenchNeedsAdminError();
  return databaseUrl;
}

class BenchNeedsAdminError extends HandoffError {
  readonly code = 'BENCH_NEEDS_ADMIN';
  constructor() {
    super('The bench makes tables of its own; give it DATABASE_URL, or nothing at all, in place of five addresses.');
  }
}

function stopOnSignals(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort(new InterruptedError()));
  return stop;
}

class InterruptedError extends HandoffError {
  readonly code = 'INTERRUPTED';
  constructor() {
    super('Stopped before everything was measured.');
  }
}

const rejectedOn = async (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true })); // our own reason
