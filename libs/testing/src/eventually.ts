import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until `look` gives something other than undefined, null or false.
 * @throws what `look` last threw, or an error that names `what`, once `seconds` have passed
 */
export async function eventually<T>(what: string, look: () => Promise<T> | T, seconds = 20): Promise<NonNullable<Exclude<T, false>>> {
  let last: unknown = new Error(`${what}: not within ${seconds} seconds`);
  for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(15)) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found as NonNullable<Exclude<T, false>>;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
