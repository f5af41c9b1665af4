import { hours, minutes, toMilliseconds, type HandoffRouted, type Seconds, type SlaClass } from '@handoff/contracts';
import { levelOf, ruleOf, type Level, type Policy } from './policy.js';

const ACK_WITHIN: Readonly<Record<SlaClass, Seconds>> = { critical: minutes(5), normal: hours(1) };

/** Until when a level may take to say "I am on it", and to decide. */
export type Windows = Pick<HandoffRouted, 'ack_by' | 'decide_by'>;

/**
 * @param from acceptance, for the level that is asked first; the move, for a later one
 * @param askedAt acknowledging runs from here, and never ends after deciding
 */
export function levelWindows(policy: Policy, level: Level, slaClass: SlaClass, from: Date, askedAt: Date): Windows {
  const decideBy = after(from, level.decideWithin ?? policy.sla[slaClass]);
  const ackBy = after(askedAt, level.ackWithin ?? ACK_WITHIN[slaClass]);
  return { ack_by: (ackBy < decideBy ? ackBy : decideBy).toISOString(), decide_by: decideBy.toISOString() };
}

/** The windows of the level that a routing names, for a handoff that asks it anew. */
export function windowsAgain(policy: Policy, routed: HandoffRouted, slaClass: SlaClass, acceptedAt: Date, now: Date): Windows {
  const level = levelOf(ruleOf(policy, routed.policy.rule), routed.level.number);
  const isFirst = routed.level.number === 1 && routed.cycle === 1;
  return levelWindows(policy, level, slaClass, isFirst ? acceptedAt : now, now);
}

export const after = (instant: Date, wait: Seconds): Date => new Date(instant.getTime() + toMilliseconds(wait));
