import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError } from '@handoff/contracts';
import { round } from '../percentiles.js';
import { cpuSeconds, pidsIn } from '../processes.js';
import { countDueBetween } from './armed-rows.js';
import type { ClockSite } from './clock-site.js';
import { spread, tell } from './deadlines.js';
import { firingOf, type Firing } from './lateness.js';

/** What arming takes, with room: events of so many handoffs a second are read, whatever the machine. */
const ARMED_PER_SECOND = 300;
const LEAD_SECONDS = 5;
const QUIET_SECONDS = 15;

export interface Evenly {
  readonly due: number;
  readonly within: number;
}

export interface EvenRun extends Firing {
  /** While they were due. */
  readonly cpu_seconds: { readonly sla_monitor: number; readonly postgres: number };
}

/** Arms by the topics, waits until the first is due, and notes when each has fired. */
export async function runEvenly(site: ClockSite, { due, within }: Evenly): Promise<EvenRun> {
  const from = Math.ceil(Date.now() + (LEAD_SECONDS + due / ARMED_PER_SECOND) * 1000);
  const until = from + within * 1000;
  const deadlines = spread(due, from, within);
  await tell(site.producer, site.topicPrefix, deadlines);
  while ((await countDueBetween(site.db, from, until)) < due) {
    if (Date.now() > from) throw new ArmedTooLateError(due);
    await sleep(200);
  }
  await sleep(from - Date.now());
  const begun = cpuOf(site.stateDir);
  await sleep(until - Date.now());
  const ended = cpuOf(site.stateDir);
  const ids = new Set(deadlines.map(({ handoffId }) => handoffId));
  await site.tail.until(() => site.tail.since(from).length >= due, QUIET_SECONDS);
  await sleep(1000); // one that fires twice does so soon
  const firing = firingOf(ids, site.tail.since(from));
  site.tail.forget();
  const spent = (name: 'sla_monitor' | 'postgres'): number => round(ended[name] - begun[name], 2);
  return { ...firing, cpu_seconds: { sla_monitor: spent('sla_monitor'), postgres: spent('postgres') } };
}

function cpuOf(stateDir: string): EvenRun['cpu_seconds'] {
  const used = Object.entries(cpuSeconds(pidsIn(stateDir)));
  const sum = (prefix: string): number => used.filter(([name]) => name.startsWith(prefix)).reduce((total, [, it]) => total + it, 0);
  return { sla_monitor: sum('sla-monitor'), postgres: sum('postgres') };
}

class ArmedTooLateError extends HandoffError {
  readonly code = 'ARMED_TOO_LATE';
  constructor(due: number) {
    super(
      `${due} clocks were not armed before the first of them was due; the machine is too busy to measure anything. Try again when it is not.`,
    );
  }
}
