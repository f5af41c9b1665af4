import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '@handoff/local';
import { round } from '../percentiles.js';
import { leave } from './armed-rows.js';
import type { ClockSite } from './clock-site.js';
import { spread } from './deadlines.js';
import { firingOf, outOfTurn, type Firing } from './lateness.js';

/** The outage: what was due in it, evenly. */
const OUTAGE_SECONDS = 3600;
/** Fresh ones fall due all the while, ten a second, for as long as the backlog may take. */
const FRESH_PER_SECOND = 10;
const FRESH_SECONDS = 120;
const QUIET_SECONDS = 30;

export interface BacklogRun extends Firing {
  /** From the start of the process after the outage to the last of them read from the topic; and from the first of them. */
  readonly seconds: number;
  readonly seconds_since_first: number;
  readonly out_of_turn: number;
  /** Those that fell due while it was worked off. */
  readonly fresh: Firing;
}

/** The monitor was away; it is started, and has to fire all that was due, and all that is due meanwhile. */
export async function runBacklog(site: ClockSite, monitor: ServiceProcess, backlog: number): Promise<BacklogRun> {
  await monitor.stop();
  const outage = Date.now() - OUTAGE_SECONDS * 1000;
  const overdue = spread(backlog, outage, OUTAGE_SECONDS - 1);
  await leave(site.db, overdue);
  const begun = Date.now();
  const fresh = spread(FRESH_PER_SECOND * FRESH_SECONDS, begun, FRESH_SECONDS);
  await leave(site.db, fresh);
  const started = Date.now();
  await monitor.start();
  const ids = new Set(overdue.map(({ handoffId }) => handoffId));
  const ofBacklog = () => site.tail.since(outage).filter(({ handoffId }) => ids.has(handoffId));
  await site.tail.until(() => site.tail.count() >= backlog && ofBacklog().length >= backlog, QUIET_SECONDS);
  const fired = ofBacklog();
  const [first, last] = [Math.min(...seenAt(fired.slice(0, 1))), fired.reduce((most, it) => Math.max(most, it.seenAt), 0)];
  await sleep(1000);
  const meanwhile = fresh.filter(({ dueAt }) => dueAt > first && dueAt < last);
  const result = {
    ...firingOf(ids, fired),
    seconds: round((last - started) / 1000, 1),
    seconds_since_first: round((last - first) / 1000, 1),
    out_of_turn: outOfTurn(fired),
    fresh: firingOf(new Set(meanwhile.map(({ handoffId }) => handoffId)), site.tail.since(begun)),
  };
  await site.db.query('DELETE FROM sla_monitor.clocks WHERE handoff_id = ANY($1)', [fresh.map(({ handoffId }) => handoffId)]);
  site.tail.forget();
  return result;
}

const seenAt = (fired: readonly { readonly seenAt: number }[]): readonly number[] => fired.map((it) => it.seenAt);
