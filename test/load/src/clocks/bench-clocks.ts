import { availableParallelism, loadavg } from 'node:os';
import { logToStderr as log, type ServiceProcess, type System } from '@handoff/local';
import { inOwnSystem } from '../own-system.js';
import { round } from '../percentiles.js';
import { markdown } from '../tables.js';
import { writeClocks } from '../write-docs.js';
import { armBeside } from './armed-rows.js';
import { readClockOptions, type ClockOptions } from './clock-options.js';
import { clockTables, toClockResult, type ClockResult, type ClockRuns } from './clock-result.js';
import { atClockSite, type ClockSite } from './clock-site.js';
import { runBacklog } from './run-backlog.js';
import { runEvenly, type EvenRun } from './run-evenly.js';

/** A fresh process runs unoptimised code. */
const WARM_UP = { due: 2000, within: 10 };
/** What a breach arms next must not fall due while the bench is measuring; routing is not there to answer. */
const ENV = { 'sla-monitor': { ROUTE_BY_SECONDS: '3600' } };

/** `npm run bench -- clocks`: how late the clocks are, on the real servers and by the real SLA monitor. */
export async function benchClocks(args: readonly string[]): Promise<number> {
  const options = readClockOptions(args);
  const machine = {
    at: new Date().toISOString(),
    cores: availableParallelism(),
    node: process.versions.node,
    load_average_before: round(loadavg()[0] ?? 0, 2),
  };
  log('Starting Postgres, Kafka and the SLA monitor …');
  const replicas = Math.max(1, ...options.replicas);
  const [runs, armed] = await inOwnSystem({ services: [], replicas, env: ENV }, (system) => measure(system, options));
  const result: ClockResult = toClockResult(runs, armed, machine);
  for (const table of clockTables(result)) log(`${markdown(table)}\n`);
  if (options.writes) await writeClocks(result);
  if (options.isJson) process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

const measure = (system: System, options: ClockOptions): Promise<readonly [ClockRuns, number]> =>
  atClockSite(system, async (site) => {
    const { due, within } = options;
    const [first] = site.monitors;
    if (!first) throw new RangeError('There is no replica of the SLA monitor.');
    await first.start();
    log('Warming up …');
    await runEvenly(site, WARM_UP);
    log(`${due} due within ${within} s …`);
    const alone = await runEvenly(site, { due, within });
    log(`Arming ${options.armed} …`);
    const armed = await armBeside(site.db, options.armed);
    log(`${due} due within ${within} s, with those beside them …`);
    const beside = await runEvenly(site, { due, within });
    log(`${options.backlog} overdue after an outage …`);
    const backlog = await runBacklog(site, first, options.backlog);
    return [{ alone, beside, backlog, replicas: await shareAmong(site, options) }, armed] as const;
  });

/** The same work for two replicas, and for four, in less time, so that they meet over the same rows. */
async function shareAmong(site: ClockSite, { due, within, replicas }: ClockOptions): Promise<Readonly<Record<string, EvenRun>>> {
  const runs: Record<string, EvenRun> = {};
  for (const count of replicas) {
    await startUpTo(site.monitors, count);
    log(`${due} due within ${within / 4} s for ${count} replicas …`);
    await runEvenly(site, WARM_UP);
    runs[count] = await runEvenly(site, { due, within: within / 4 });
  }
  return runs;
}

async function startUpTo(monitors: readonly ServiceProcess[], count: number): Promise<void> {
  for (const it of monitors.slice(0, count)) if (!it.isRunning()) await it.start();
}
