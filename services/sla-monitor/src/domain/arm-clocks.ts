import type { Clock } from '@handoff/contracts';
import { later, type ArmedClock, type Moment, type Watch } from './watch.js';

/** Shares of a level's window after which people are warned. */
export const WARNING_SHARES = [0.5, 0.8] as const;
const WHOLE = 1;

/** In place of the one that was armed under the same name. */
export function arm(watch: Watch, clock: Clock, due_at: Date, share = WHOLE): Watch {
  const { handoff_id, level, cycle } = watch.handoff;
  const armed: ArmedClock = { handoff_id, clock, share, level, cycle, due_at };
  return { ...watch, clocks: [...watch.clocks.filter((it) => it.clock !== clock || it.share !== share), armed] };
}

export function disarm(watch: Watch, ...clocks: readonly Clock[]): Watch {
  return { ...watch, clocks: watch.clocks.filter(({ clock }) => !clocks.includes(clock)) };
}

export const isArmed = (watch: Watch, clock: Clock): boolean => watch.clocks.some((it) => it.clock === clock);

/**
 * Routing's time counts from when we look, not from when the handoff was accepted: while this service was away, routing may have
 * done its part, and nobody is to be paged for an outage of ours.
 */
export const armRouteBy = (watch: Watch, { now, routeBy }: Moment): Watch => arm(watch, 'route_by', later(now, routeBy));

/** The windows of the level that is asked now, in place of whatever was armed for the one before. */
export function armLevel(watch: Watch, options: { readonly ackBy: Date | null }): Watch {
  const { routed_at, decide_by } = watch.handoff;
  const cleared = disarm(watch, 'route_by', 'ack_by', 'decide_by', 'info_by');
  if (!routed_at || !decide_by) return cleared;
  const window = (decide_by.getTime() - routed_at.getTime()) / 1000;
  const warned = WARNING_SHARES.reduce((it, share) => arm(it, 'decide_by', later(routed_at, window * share), share), cleared);
  const decided = arm(warned, 'decide_by', decide_by);
  return options.ackBy ? arm(decided, 'ack_by', options.ackBy) : decided;
}
