import type { ServiceProcess } from '@handoff/local';
import { isReady } from '../site/crew.js';
import type { Site } from './fault.js';

/** An absence that is over sooner may pass unnoticed: a group gives its members ten seconds. */
const NOTICED_AFTER_MS = 15_000;

/** While what they stand on is away, every process lives and, if that lasts, says that it is not ready. */
export async function liveliness({ crew }: Site, wait: () => Promise<unknown>): Promise<readonly string[]> {
  const began = performance.now();
  await wait();
  const mustKnow = performance.now() - began >= NOTICED_AFTER_MS;
  const states = await Promise.all(crew.all().map((replica) => stateOf(replica, mustKnow)));
  return states.flatMap((state) => state ?? []);
}

async function stateOf(replica: ServiceProcess, mustKnow: boolean): Promise<string | null> {
  if (!(await isAlive(replica))) return `${replica.name} does not say that it lives`;
  return mustKnow && (await isReady(replica)) ? `${replica.name} says that it is ready, and what it stands on is away` : null;
}

export async function isAlive({ url }: ServiceProcess): Promise<boolean> {
  const live = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  await live?.text().catch(() => '');
  return live?.ok ?? false;
}
