import type { HandoffMove } from '@handoff/contracts';
import { arm, disarm } from './arm-clocks.js';
import { pause, resume } from './pause.js';
import { silently, type Change, type Moment, type Watch, type WatchedHandoff } from './watch.js';

export function followMove(watch: Watch, event: HandoffMove, moment: Moment): Change {
  const { handoff } = watch;
  if (event.sequence <= handoff.moved_sequence) return silently(watch);
  const urgency = handoff.state === 'ended' ? handoff.urgency : (event.desk?.urgency ?? handoff.urgency);
  const seen: Watch = { ...watch, handoff: { ...handoff, urgency, moved_sequence: event.sequence } };
  if (handoff.state === 'ended' || isOfThePast(handoff, event)) return silently(seen);
  switch (event.event) {
    case 'acknowledge':
      return silently(acknowledge(seen, event));
    case 'release':
      return silently(release(seen, event, moment));
    case 'request_info':
      return isOfNow(handoff, event) ? pause(seen, moment) : silently(seen);
    case 'info_given':
      return resume(seen, moment);
    default:
      return silently(seen); // who is asked is routing's to say, and what is said moves no clock
  }
}

/** `decide_by` runs on: whoever is on it may still not finish. */
function acknowledge(watch: Watch, { level, cycle }: HandoffMove): Watch {
  const seen: Watch = { ...watch, handoff: { ...watch.handoff, acknowledged_level: level, acknowledged_cycle: cycle } };
  return isOfNow(watch.handoff, { level, cycle }) ? disarm(seen, 'ack_by') : seen;
}

/** Somebody else gets as long to say "I am on it" as the first one had. */
function release(watch: Watch, move: HandoffMove, { now }: Moment): Watch {
  const { routed_at, ack_by, breached_at } = watch.handoff;
  const seen: Watch = { ...watch, handoff: { ...watch.handoff, acknowledged_level: null, acknowledged_cycle: null } };
  if (!isOfNow(watch.handoff, move) || !routed_at || !ack_by || breached_at) return seen;
  return arm(seen, 'ack_by', new Date(now.getTime() + ack_by.getTime() - routed_at.getTime()));
}

type Rung = Pick<HandoffMove, 'level' | 'cycle'>;

const isOfNow = (handoff: WatchedHandoff, { level, cycle }: Rung): boolean => handoff.level === level && handoff.cycle === cycle;

const isOfThePast = (handoff: WatchedHandoff, { level, cycle }: Rung): boolean =>
  level < handoff.level || (level === handoff.level && cycle < handoff.cycle);
