import { logToStderr } from '../log.js';
import type { Io } from './io.js';

/** This process's own: its environment, its two streams, and Ctrl-C; a second one is for somebody who cannot wait. */
export function terminal(): Io {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  return { env: process.env, print: (line) => void process.stdout.write(`${line}\n`), log: logToStderr, signal: stop.signal };
}

/** Ends the process once everything is written: a look that was given up may still hold a connection open. */
export function leave(code: number): void {
  process.stdout.write('', () => process.exit(code));
}
