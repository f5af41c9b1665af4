import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

const LATE_TASKS = 8;
/** Support has four seconds, and those after it four more. */
const LASTS_MS = 10_000;

/** The leads have a schedule of which nobody has a turn yet. */
const withGap = (text: string): string =>
  `${text.replace('name: Team leads, members: [chloe]', '$&, schedules: [leads]')}
schedules:
  - { id: leads, name: Leads, time_zone: UTC, layers: [{ id: rota, people: [chloe], starts: 2099-01-05T09:00, turn: 1w }] }
`;

export const scheduleGap: Fault = {
  name: 'schedule-gap',
  describe: 'while handoffs climb, nobody is on duty any more at the next level, and comes back',
  short: 1,
  full: 20,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject({ administrator, ground, traffic }) {
    for (let task = 0; task < LATE_TASKS; task++) traffic.begin({ name: 'late', door: 'kafka' });
    const putBack = await administrator.change(withGap);
    const from = new Date();
    await sleep(LASTS_MS);
    const until = new Date();
    await putBack();
    return { times: 1, mendedAt: Date.now(), broken: await brokenIn(ground.db(), from, until) };
  },
};

/** Only what is true of each handoff at the end of the gap is looked at; its history is held against the levels' order like any other. */
async function brokenIn(db: Pool, from: Date, until: Date): Promise<readonly string[]> {
  const { rows } = await db.query<{ skipped: boolean; handoffId: string }>(
    `SELECT handoff_id AS "handoffId", routed -> 'skipped' ? 'Team leads' AS skipped FROM routing.assignments
     WHERE (routed ->> 'routed_at')::timestamptz BETWEEN $1 AND $2 AND routed -> 'policy' ->> 'rule' = 'hasty'
       AND (routed -> 'level' ->> 'number')::int > 1`,
    [from, until],
  );
  const asked = rows
    .filter(({ skipped }) => !skipped)
    .map(({ handoffId }) => `${handoffId} went on, and did not say that nobody was on duty there`);
  return rows.length === asked.length ? [...asked, 'no handoff came to the level that nobody was on duty for'] : asked;
}
