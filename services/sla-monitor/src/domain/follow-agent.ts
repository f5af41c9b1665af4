import type { Clock, HandoffReplied, HandoffRouted, RoutedAgent } from '@handoff/contracts';
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
  const leaseBy = event.event === 'held' ? agent.lease_by : null;
  const clock = leaseBy ? 'lease_by' : 'ack_by';
  const until = new Date(leaseBy ?? event.ack_by);
  if (isSaidAgain(handoff, event, agent)) {
    if (clock === 'lease_by' && isArmed(watch, clock)) return watch; // it may have been renewed since
    const lapse = findLapse(watch);
    if (lapse?.clock === clock && until <= lapse.due_at) return watch; // routing spoke before it had read of that
  }
  return arm(followDelivery(turn, moment), clock, until);
}

const isSaidAgain = (before: WatchedHandoff, { level, cycle }: HandoffRouted, { offer_id }: RoutedAgent): boolean =>
  before.offer_id === offer_id && before.level === level.number && before.cycle === cycle;

/** How the turn of the agent that is still called its own has lapsed; null while it runs. */
export function findLapse({ handoff, clocks }: Watch): { readonly clock: AgentsClock; readonly due_at: Date } | null {
  if (handoff.offer_id === null || clocks.some(({ clock }) => isAgents(clock))) return null;
  const lapse = handoff.said?.findLast(
    ({ event, clock, level, cycle }) => event === 'lapsed' && isAgents(clock) && level === handoff.level && cycle === handoff.cycle,
  );
  return lapse && isAgents(lapse.clock) ? { clock: lapse.clock, due_at: new Date(lapse.due_at) } : null;
}

type AgentsClock = 'ack_by' | 'lease_by';

const isAgents = (clock: Clock): clock is AgentsClock => clock === 'ack_by' || clock === 'lease_by';

/** Whoever holds the task has said that it is at it, so its time begins anew; an agent whose lease has lapsed renews nothing. */
export function followReplied(watch: Watch, { event, offer_id }: HandoffReplied, { now }: Pick<Moment, 'now'>): Change {
  const { handoff } = watch;
  const renews = (event === 'progress' || event === 'ask') && handoff.offer_id === (offer_id ?? null);
  if (!renews || handoff.lease_seconds === null || !isArmed(watch, 'lease_by')) return silently(watch);
  return silently(arm(watch, 'lease_by', later(now, handoff.lease_seconds)));
}
