import type { Clock, HandoffRouted } from '@handoff/contracts';
import { later, type ArmedClock, type Moment, type Watch } from './watch.js';

/** Shares of a window after which is warned; of a level's, where routing names no instants. */
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

export interface Warning {
  /** Below 1. */
  readonly share: number;
  readonly due_at: Date;
}

/**
 * Routing knows the calendar that a window runs in, so its instants count. One that had come before anybody was asked warns nobody: the
 * asking itself says how long is left.
 */
export function warningsOf(event: Pick<HandoffRouted, 'routed_at' | 'decide_by' | 'warnings'>): readonly Warning[] {
  const [routedAt, decideBy] = [new Date(event.routed_at), new Date(event.decide_by)];
  const named = event.warnings?.map(({ share, at }) => ({ share, due_at: new Date(at) }));
  const window = (decideBy.getTime() - routedAt.getTime()) / 1000;
  const warnings = named ?? WARNING_SHARES.map((share) => ({ share, due_at: later(routedAt, window * share) }));
  return warnings.filter(({ share, due_at }) => share < WHOLE && due_at > routedAt);
}

/** The windows of the level that is asked now, in place of whatever was armed for the one before. */
export function armLevel(watch: Watch, options: { readonly ackBy: Date | null; readonly warnings: readonly Warning[] }): Watch {
  const { decide_by } = watch.handoff;
  const cleared = disarm(watch, 'route_by', 'ack_by', 'decide_by', 'info_by', 'lease_by');
  if (!decide_by) return cleared;
  const warned = options.warnings.reduce((it, { share, due_at }) => arm(it, 'decide_by', due_at, share), cleared);
  const decided = arm(warned, 'decide_by', decide_by);
  return options.ackBy ? arm(decided, 'ack_by', options.ackBy) : decided;
}
