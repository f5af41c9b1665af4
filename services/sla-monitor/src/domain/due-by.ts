import type { HandoffAccepted } from '@handoff/contracts';
import { arm, disarm, isArmed, WARNING_SHARES } from './arm-clocks.js';
import { say, sayDue } from './say.js';
import { later, silently, type ArmedClock, type Change, type Moment, type Watch, type WatchedHandoff } from './watch.js';

type DueFacts = Pick<WatchedHandoff, 'due_by' | 'due_version' | 'delivered_at' | 'delivered_offer'>;

/** What a packet says of when the work is needed, and of when it was handed in. */
export const dueIn = ({ packet: { delegation }, packet_version }: HandoffAccepted): DueFacts => ({
  due_version: packet_version,
  due_by: delegation?.due_by === undefined ? null : new Date(delegation.due_by),
  delivered_at: delegation?.delivery ? new Date(delegation.delivery.delivered_at) : null,
  delivered_offer: delegation?.delivery?.offer_id ?? null,
});

/**
 * Runs while there is something to be delivered. Of the time from the acceptance on; what of it has passed warns nobody, and a task that
 * came too late, or comes back too late, is late at once. Told once: what is late stays so.
 */
export function armDueBy(watch: Watch, { now }: Pick<Moment, 'now'>): Watch {
  const { due_by: due, accepted_at: from, late_at } = watch.handoff;
  if (!due || !from || late_at || isArmed(watch, 'due_by')) return watch;
  const time = (due.getTime() - from.getTime()) / 1000;
  const warnings = WARNING_SHARES.map((share) => ({ share, at: later(from, time * share) })).filter(({ at }) => at > now);
  return warnings.reduce((it, { share, at }) => arm(it, 'due_by', at, share), arm(watch, 'due_by', due));
}

/** The agent has done its part: while people look at it, nothing is late. */
export const restDueBy = (watch: Watch): Watch => disarm(watch, 'due_by');

/** Of the holder's turn, since that began; where nobody is known to have it, whoever has delivered had it. */
export function followDelivery(watch: Watch, moment: Pick<Moment, 'now'>): Watch {
  const { offer_id, routed_at, delivered_at, delivered_offer } = watch.handoff;
  if (delivered_at === null) return armDueBy(watch, moment);
  const isOfThisTurn = offer_id === null || (delivered_offer === offer_id && routed_at !== null && delivered_at >= routed_at);
  return isOfThisTurn ? restDueBy(watch) : armDueBy(watch, moment);
}

/** It takes the task from nobody: whoever is at it is told, and goes on. */
export function passDueBy(watch: Watch, fired: ArmedClock, { now }: Moment): Change {
  const rest: Watch = { ...watch, clocks: watch.clocks.filter((it) => it !== fired) };
  if (fired.share < 1) return say(silently(rest), fired, 'warning');
  return say(silently({ ...disarm(rest, 'due_by'), handoff: { ...rest.handoff, late_at: now } }), fired, 'breached');
}

/**
 * Met or missed, said once, with the end: by the last delivery, which is the one that counts. What ended before it was due, and without a
 * delivery, is neither.
 */
export function settleDue(change: Change): Change {
  const { handoff } = change.watch;
  const { due_by, due_met, delivered_at, ended_at, state } = handoff;
  const settledAt = delivered_at ?? ended_at;
  if (state !== 'ended' || due_met !== null || !due_by || !settledAt || !isAllKnown(handoff)) return change;
  if (!delivered_at && settledAt < due_by) return change;
  const met = settledAt <= due_by;
  const settled = { ...change, watch: { ...change.watch, handoff: { ...handoff, due_met: met } } };
  return sayDue(settled, { met, due_at: due_by.toISOString(), delivered_at: delivered_at?.toISOString() ?? null });
}

/** The end may be read before the delivery that it is about. */
const isAllKnown = ({ due_version, packet_version }: WatchedHandoff): boolean => (due_version ?? 0) >= packet_version;
