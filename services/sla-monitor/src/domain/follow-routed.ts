import { assertNever, type HandoffRouted, type TeamId } from '@handoff/contracts';
import { armLevel, armRouteBy, disarm, isArmed, warningsOf } from './arm-clocks.js';
import { armDueBy, restDueBy } from './due-by.js';
import { followAgent } from './follow-agent.js';
import { silently, type Change, type Moment, type Watch, type WatchedHandoff } from './watch.js';

export function followRouted(watch: Watch, event: HandoffRouted, moment: Moment): Change {
  const { handoff } = watch;
  if (event.sequence <= handoff.routed_sequence) return silently(watch);
  const seen: Watch = {
    ...watch,
    handoff: { ...handoff, ...slaOf(handoff, event), team: teamOf(handoff, event), routed_sequence: event.sequence },
  };
  if (handoff.state === 'ended') return silently(seen);
  switch (event.event) {
    case 'offered':
    case 'held':
      return silently(event.agent ? followAgent(seen, event, event.agent, moment) : seen);
    case 'asked':
      return silently(followAsked(event.agent ? restDueBy(seen) : armDueBy(seen, moment), event));
    case 'end':
      return silently(followEnd(seen, moment));
    default:
      return assertNever(event.event);
  }
}

/** What was settled, or taken from the decision itself, stays. */
function slaOf(handoff: WatchedHandoff, { sla }: HandoffRouted): Pick<WatchedHandoff, 'sla_class' | 'sla_due_at'> {
  const isSettled = handoff.state === 'ended' && handoff.sla_due_at !== null;
  const { sla_class, sla_due_at } = handoff;
  return isSettled ? { sla_class, sla_due_at } : { sla_class: sla.class, sla_due_at: new Date(sla.due_at) };
}

/** Who is asked only once the SLA has run out did not miss it. */
function teamOf({ state, team }: WatchedHandoff, event: HandoffRouted): TeamId {
  const isSettled = state === 'ended' || new Date(event.routed_at) > new Date(event.sla.due_at);
  return isSettled ? (team ?? event.team) : event.team;
}

function followAsked(watch: Watch, event: HandoffRouted): Watch {
  const before = watch.handoff;
  const handoff: WatchedHandoff = {
    ...before,
    packet_version: Math.max(before.packet_version, event.packet_version),
    level: event.level.number,
    cycle: event.cycle,
    routed_at: new Date(event.routed_at),
    ack_by: new Date(event.ack_by),
    decide_by: new Date(event.decide_by),
    breached_at: null,
    offer_id: null,
  };
  if (isSameWindow(before, handoff)) return followAskedAgain(watch);
  const waitsForSomebody = event.page && !isAcknowledged(handoff) && event.ack_by > event.routed_at; // else it has lapsed before
  return armLevel({ ...watch, handoff }, { ackBy: waitsForSomebody ? handoff.ack_by : null, warnings: warningsOf(event) });
}

/** Routing spoke again of the window that runs. If that is the one that was breached, it has not answered the breach yet. */
function followAskedAgain(watch: Watch): Watch {
  return watch.handoff.breached_at ? watch : disarm(watch, 'route_by');
}

const isSameWindow = (before: WatchedHandoff, after: WatchedHandoff): boolean =>
  before.level === after.level && before.cycle === after.cycle && before.decide_by?.getTime() === after.decide_by?.getTime();

const isAcknowledged = ({ level, cycle, acknowledged_level, acknowledged_cycle }: WatchedHandoff): boolean =>
  acknowledged_level === level && acknowledged_cycle === cycle;

/** A handoff ends with the decision alone, so its clocks run on, and this one tells if none follows. */
function followEnd(watch: Watch, moment: Moment): Watch {
  const answered: Watch = { ...watch, handoff: { ...watch.handoff, breached_at: null } };
  return isArmed(answered, 'route_by') ? answered : armRouteBy(answered, moment);
}
