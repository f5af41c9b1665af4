import { setTimeout as pause } from 'node:timers/promises';
import { toMilliseconds, type Milliseconds, type Seconds } from '@handoff/contracts';
import { BusyError, UnreachableError } from './errors.js';

const CEILING: Seconds = 10;
/** No timer runs for longer. */
const LONGEST: Milliseconds = 2 ** 31 - 1;

/** A uniform draw under a doubling ceiling, so that agents do not come back in step after an outage. */
const drawn = (attempt: number): Seconds => Math.random() * Math.min(CEILING, 0.2 * 2 ** Math.min(attempt, 10));

/**
 * Tries until it is answered, whatever the answer is.
 * @param patience how long it goes on without one; then the last UnreachableError or BusyError is thrown
 */
export async function persist<T>(work: (attempt: number) => Promise<T>, patience: Seconds, signal?: AbortSignal): Promise<T> {
  const until = performance.now() + patience * 1000;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof UnreachableError || error instanceof BusyError)) throw error;
      const wait = error instanceof BusyError ? error.retryAfter : drawn(attempt);
      if (performance.now() + wait * 1000 > until) throw error;
      await pause(wait * 1000, undefined, signal ? { signal } : {});
    }
  }
}

/**
 * Of what may never come: ends the waiting once it has taken too long.
 * @param work what is waited for, until its signal is aborted
 * @throws what `late` gives, where that was why
 */
export async function inTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  patience: Seconds,
  late: () => Error,
  signal?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), Math.min(toMilliseconds(patience), LONGEST));
  try {
    return await work(signal ? AbortSignal.any([signal, over.signal]) : over.signal);
  } catch (error) {
    throw over.signal.aborted && !signal?.aborted ? late() : error;
  } finally {
    clearTimeout(timer);
  }
}
