import type { Pool } from 'pg';
import { until } from '../until.js';
import { DEATH_IS_OVER_WITHIN_MS, type Fault, type Site } from './fault.js';
import { POINTS, type Point } from './kill-points.js';

/**
 * Those that a poller passes; it reads no offsets. What it dies over before its commit is due as before, and is died over once more; what it has
 * committed and not sent is sent by the next one, which dies over that.
 */
const PASSED = ['before_commit', 'after_commit', 'after_send'] as const satisfies readonly Point[];

const LATE_TASKS = 8;
const DUE = 5;
const DUE_WITHIN_SECONDS = 30;
const DIES_WITHIN_SECONDS = 25;

/** Nobody else is there to take what is due, so the first thing that it does is what it dies over. */
export const clocksDue: Fault = {
  name: 'clocks-due',
  describe: 'the SLA monitor comes back to clocks that are due, and ends itself over them at a named point',
  short: 1,
  full: 34, // at three points each
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  async inject(site) {
    const { crew, random, isFull } = site;
    const replicas = crew.of('sla-monitor');
    const points = isFull ? PASSED : [random.pick(PASSED)];
    const broken = await dieOverDue(site, points);
    await Promise.all(replicas.map((replica) => crew.start(replica)));
    return { times: points.length - broken.length, mendedAt: Date.now(), broken };
  },
};

/** Once at each point. @returns why it did not come to that */
async function dieOverDue({ crew, ground, traffic, random }: Site, points: readonly Point[]): Promise<readonly string[]> {
  for (let task = 0; task < LATE_TASKS; task++) traffic.begin({ name: 'late', door: 'kafka' });
  await until(async () => (await count(ground.db(), ARMED)) >= DUE, DUE_WITHIN_SECONDS);
  const replicas = crew.of('sla-monitor');
  await Promise.all(replicas.map((replica) => crew.kill(replica)));
  const isDue = await until(async () => (await count(ground.db(), OVERDUE)) >= DUE, DUE_WITHIN_SECONDS);
  if (!isDue) return points.map(() => `no ${DUE} clocks were due within ${DUE_WITHIN_SECONDS} s`);
  const broken: string[] = [];
  for (const point of points)
    if (!(await crew.startToDie(random.pick(replicas), { FAULT_KILL_AT: `${point}:1` }, DIES_WITHIN_SECONDS)))
      broken.push(`the SLA monitor did not pass ${POINTS[point]} within ${DIES_WITHIN_SECONDS} s of its return to clocks that were due`);
  return broken;
}

const ARMED = `SELECT count(*)::int AS n FROM sla_monitor.clocks WHERE clock = 'decide_by' AND due_at < sla_monitor.handoff_now() + interval '5 seconds'`;
const OVERDUE = `SELECT count(*)::int AS n FROM sla_monitor.clocks WHERE due_at < sla_monitor.handoff_now()`;

async function count(db: Pool, sql: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(sql);
  return rows[0]?.n ?? 0;
}
