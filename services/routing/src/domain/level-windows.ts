import { hours, minutes, type HandoffRouted, type Seconds, type SlaClass } from '@handoff/contracts';
import type { Calendar } from './duty/schedule.js';
import { afterWorking, workedSeconds } from './duty/working-time.js';
import { levelAt, type Level, type Policy } from './policy.js';

const ACK_WITHIN: Readonly<Record<SlaClass, Seconds>> = { critical: minutes(5), normal: hours(1) };
const WARNING_SHARES = [0.5, 0.8];

/** Until when a level may take to say "I am on it", and to decide, and when it is warned. */
export type Windows = Pick<HandoffRouted, 'ack_by' | 'decide_by' | 'warnings'>;

/**
 * @param from acceptance, for the level that is asked first; the move, for a later one
 * @param askedAt acknowledging runs from here, and never ends after deciding
 */
export function levelWindows(policy: Policy, level: Level, slaClass: SlaClass, from: Date, askedAt: Date): Windows {
  const calendar = calendarOf(policy, slaClass);
  const decideBy = afterWorking(calendar, from, level.decideWithin ?? policy.sla[slaClass]);
  const ackBy = afterWorking(calendar, askedAt, level.ackWithin ?? ACK_WITHIN[slaClass]);
  return {
    ack_by: (ackBy < decideBy ? ackBy : decideBy).toISOString(),
    decide_by: decideBy.toISOString(),
    warnings: warningsWithin(calendar, askedAt, decideBy),
  };
}

/** The windows of the level that a routing names, for a handoff that asks it anew. */
export function windowsAgain(policy: Policy, routed: HandoffRouted, slaClass: SlaClass, acceptedAt: Date, now: Date): Windows {
  const isFirst = routed.level.number === 1 && routed.cycle === 1;
  return levelWindows(policy, levelAt(policy, routed), slaClass, isFirst ? acceptedAt : now, now);
}

/** In whose working time the windows of a class run; null: around the clock, as critical ones always do. */
export function calendarOf({ slaCalendar, calendars = [] }: Policy, slaClass: SlaClass): Calendar | null {
  return slaClass === 'normal' ? (calendars.find(({ id }) => id === slaCalendar) ?? null) : null;
}

/** By shares of the working time. Undefined around the clock: whoever warns then knows the instants by itself. */
export function warningsWithin(calendar: Calendar | null, from: Date, until: Date): Windows['warnings'] {
  if (calendar === null) return undefined;
  const worked = workedSeconds(calendar, from, until);
  if (worked === 0) return [];
  return WARNING_SHARES.map((share) => ({ share, at: afterWorking(calendar, from, worked * share).toISOString() }));
}
