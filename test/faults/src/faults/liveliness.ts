import type { ServiceProcess } from '@handoff/local';
import { isReady } from '../site/crew.js';
import type { Site } from './fault.js';

/** While what they stand on is away, every process lives and, at the end of it, says that it is not ready. */
export async function liveliness({ crew }: Site, wait: () => Promise<unknown>): Promise<readonly string[]> {
  const diedBefore = crew.deaths.length;
  await wait();
  const states = await Promise.all(crew.all().map(stateOf));
  const died = crew.deaths.slice(diedBefore).map(({ why }) => `a process ended itself: ${why.split('\n')[0]}`);
  return [...died, ...states.flatMap((state) => state ?? [])];
}

async function stateOf(replica: ServiceProcess): Promise<string | null> {
  const live = await fetch(`${replica.url}/health/live`, { signal: AbortSignal.timeout(3000) }).catch(() => null);
  await live?.text().catch(() => '');
  if (!live?.ok) return `${replica.name} does not say that it lives`;
  return (await isReady(replica)) ? `${replica.name} says that it is ready, and what it stands on is away` : null;
}
