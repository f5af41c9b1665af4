import { setTimeout as sleep } from 'node:timers/promises';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

/** What a service's handlers write first. */
const TABLES = ['intake.handoffs', 'routing.assignments', 'sla_monitor.handoffs', 'notifier.desk_items', 'feedback.examples'] as const;
const SLEEPS_MS = 40_000;

/** The lock stands for whatever keeps a handler: the group must not take it for dead, nor anybody do its work a second time. */
export const slowHandler: Fault = {
  name: 'slow-handler',
  describe: 'the handlers of one service wait for 40 s (the table that they write is locked from outside)',
  short: 0,
  full: 5,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject({ ground, random }) {
    const client = await ground.db().connect();
    try {
      await client.query('BEGIN');
      await client.query(`LOCK TABLE ${random.pick(TABLES)} IN ACCESS EXCLUSIVE MODE`);
      await sleep(SLEEPS_MS);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    return { times: 1, mendedAt: Date.now() };
  },
};
