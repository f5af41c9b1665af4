import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError } from './drive/knock.js';

/**
 * Looks again and again; what is thrown counts as "not yet", for the system is being broken while we look.
 * @returns whether it came true in time
 */
export async function until(look: () => Promise<boolean> | boolean, seconds: number, everyMs = 100): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(everyMs)) {
    if (
      await Promise.resolve()
        .then(look)
        .catch(() => false)
    )
      return true;
  }
  return false;
}

/** Does it until it works: agents and people do not give up because a door is closed for a while. A clear no is final. */
export async function persist<T>(work: () => Promise<T>, mayGoOn: () => boolean = () => true): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RefusedError || !mayGoOn()) throw error;
      await sleep(Math.min(100 * 2 ** tries, 4000) * (0.5 + Math.random()));
    }
  }
}
