import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError, type Seconds } from '@handoff/contracts';
import type { ManagedProcess } from './managed-process.js';

/** Its message carries the end of the log: most starts fail for a reason that the program itself has written there. */
export class NotReadyError extends HandoffError {
  readonly code = 'NOT_READY';
  constructor(server: ManagedProcess, why: string, lines: string, cause?: unknown) {
    super(`${server.name} ${why}. Its log is ${server.logFile} and ends with:\n${lines}`, { cause });
  }
}

/**
 * Asks again and again until the server answers.
 * @throws NotReadyError when it ends before it is ready, or is not ready in time
 */
export async function waitUntilReady(server: ManagedProcess, isReady: () => Promise<void>, wait: Seconds): Promise<void> {
  let last: unknown = null;
  for (const until = Date.now() + wait * 1000; Date.now() < until; await sleep(50)) {
    if (server.hasExited()) {
      const { code, signal } = await server.exited;
      throw new NotReadyError(server, `ended while starting (${signal ?? `exit code ${code}`})`, await server.lastLines(), last);
    }
    try {
      return await isReady();
    } catch (error) {
      last = error;
    }
  }
  throw new NotReadyError(server, `did not get ready within ${wait} seconds`, await server.lastLines(), last);
}
