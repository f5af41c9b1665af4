import type { HandoffReplied, HandoffRouted, RoutedAgent } from '@handoff/contracts';
import { arm, isArmed } from './arm-clocks.js';
import { followDelivery } from './due-by.js';
import { later, silently, type Change, type Moment, type Watch, type WatchedHandoff } from './watch.js';

/** An agent's turn has one clock beside the packet's own: an offer until it is to be answered, a task until its agent is to be heard of again. */
export function followAgent(watch: Watch, event: HandoffRouted, agent: RoutedAgent, moment: Moment): Watch {
  const { handoff } = watch;
  const turn: Watch = {
    clocks: watch.clocks.filter(({ clock }) => clock === 'expires_at' || clock === 'due_by'),
    handoff: {
      ...handoff,
      packet_version: Math.max(handoff.packet_version, event.packet_version),
      level: event.level.number,
      cycle: event.cycle,
      routed_at: new Date(event.routed_at),
      ack_by: null,
      decide_by: null,
      breached_at: null,
      offer_id: agent.offer_id,
      lease_seconds: agent.lease_seconds,
    },
  };
  const until = agent.lease_by ?? null;
  if (isSaidAgain(handoff, event, agent) && isArmed(watch, 'lease_by')) return watch; // it may have been renewed since
  const due = followDelivery(turn, moment);
  return event.event === 'held' && until !== null ? arm(due, 'lease_by', new Date(until)) : arm(due, 'ack_by', new Date(event.ack_by));
}

const isSaidAgain = (before: WatchedHandoff, { event, level, cycle }: HandoffRouted, { offer_id }: RoutedAgent): boolean =>
  event === 'held' && before.offer_id === offer_id && before.level === level.number && before.cycle === cycle;

/** Whoever holds the task has said that it is at it, so its time begins anew; an agent whose lease has lapsed renews nothing. */
export function followReplied(watch: Watch, { event, offer_id }: HandoffReplied, { now }: Pick<Moment, 'now'>): Change {
  const { handoff } = watch;
  const renews = (event === 'progress' || event === 'ask') && handoff.offer_id === (offer_id ?? null);
  if (!renews || handoff.lease_seconds === null || !isArmed(watch, 'lease_by')) return silently(watch);
  return silently(arm(watch, 'lease_by', later(now, handoff.lease_seconds)));
}
