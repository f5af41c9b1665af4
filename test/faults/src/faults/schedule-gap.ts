import type { Pool } from 'pg';
import { until } from '../until.js';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

const LATE_TASKS = 8;
/** Support has four seconds; beside other work a breach takes its time. */
const CLIMB_WITHIN_SECONDS = 20;

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
    await until(async () => (await climbed(ground.db(), from)).length >= LATE_TASKS, CLIMB_WITHIN_SECONDS);
    const handoffs = await climbed(ground.db(), from);
    await putBack();
    return { times: 1, mendedAt: Date.now(), broken: brokenIn(handoffs) };
  },
};

interface Climbed {
  readonly handoffId: string;
  /** Says that nobody was on duty at the level in between. */
  readonly skipped: boolean;
}

/** Only what is true of each handoff while the gap lasts is looked at; its history is held against the levels' order like any other. */
async function climbed(db: Pool, from: Date): Promise<readonly Climbed[]> {
  const { rows } = await db.query<Climbed>(
    `SELECT handoff_id AS "handoffId", routed -> 'skipped' ? 'Team leads' AS skipped FROM routing.assignments
     WHERE (routed ->> 'routed_at')::timestamptz > $1 AND routed -> 'policy' ->> 'rule' = 'hasty'
       AND (routed -> 'level' ->> 'number')::int > 1`,
    [from],
  );
  return rows;
}

function brokenIn(handoffs: readonly Climbed[]): readonly string[] {
  if (handoffs.length === 0) return ['no handoff came to the level that nobody was on duty for'];
  return handoffs
    .filter(({ skipped }) => !skipped)
    .map(({ handoffId }) => `${handoffId} went on, and did not say that nobody was on duty there`);
}
