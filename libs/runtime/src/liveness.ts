import { setTimeout as sleep } from 'node:timers/promises';
import type { HandoffBus } from '@handoff/bus';
import type { DataSource } from '@handoff/store';

const ANSWERS_WITHIN_MS = 3000;

/**
 * Why the process should be replaced; null while it lives. A consumer that stands still although Kafka and Postgres answer will not go on by
 * itself; one that waits for either of them will.
 */
export async function notLiveBecause(bus: HandoffBus, source: DataSource, mostSeconds: number): Promise<string | null> {
  const still = bus.stillFor();
  if (still < mostSeconds * 1000) return null;
  const [postgres, kafka] = await Promise.all([postgresAnswers(source), bus.coordinatorAnswers()]);
  return postgres && kafka ? `it has stood still for ${Math.round(still / 1000)} s, and both Kafka and Postgres answer` : null;
}

async function postgresAnswers(source: DataSource): Promise<boolean> {
  const asked = source.isInitialized ? source.query('SELECT 1').then(() => true) : false;
  return Promise.race([asked, sleep(ANSWERS_WITHIN_MS, false, { ref: false })]).catch(() => false);
}
