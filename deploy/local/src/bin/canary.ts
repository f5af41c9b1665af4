/** The canary as a process of its own; see README.md. */
import { HandoffError } from '@handoff/contracts';
import { runCanary } from '../canary/start-canary.js';
import { logToStderr } from '../log.js';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
try {
  await runCanary(process.env, logToStderr, stop.signal);
} catch (error) {
  logToStderr(error instanceof HandoffError ? error.message : String(error));
  process.exitCode = 1;
}
