import type { ServiceProcess, System } from '@handoff/local';
import type { Producer } from 'kafkajs';
import pg from 'pg';
import { kafkaAt } from '../agent-side.js';
import { databaseOf } from '../own-system.js';
import { FiredTail } from './fired-tail.js';

/** What the bench of the clocks has at hand: the real servers, and the SLA monitor's processes, which it starts and stops. */
export interface ClockSite {
  readonly stateDir: string;
  readonly topicPrefix: string;
  readonly db: pg.Pool;
  readonly producer: Producer;
  readonly tail: FiredTail;
  readonly monitors: readonly ServiceProcess[];
}

export async function atClockSite<T>(system: System, work: (site: ClockSite) => Promise<T>): Promise<T> {
  const kafka = kafkaAt(system.brokers);
  // The service's own function for the time, and its tables by their names.
  const db = new pg.Pool({ connectionString: databaseOf(system), max: 2, options: '-c search_path=sla_monitor' });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const tail = await FiredTail.start(kafka, system.topicPrefix);
  const { stateDir, topicPrefix, services } = system;
  try {
    return await work({ stateDir, topicPrefix, db, producer, tail, monitors: services['sla-monitor'].replicas });
  } finally {
    await Promise.all([producer.disconnect(), tail.stop(), db.end()]);
  }
}
