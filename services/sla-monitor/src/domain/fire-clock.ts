import { assertNever } from '@handoff/contracts';
import { armRouteBy, disarm } from './arm-clocks.js';
import { passDueBy } from './due-by.js';
import { findLapse } from './follow-agent.js';
import { resume } from './pause.js';
import { say } from './say.js';
import { silently, type ArmedClock, type Change, type Moment, type Watch } from './watch.js';

/** What a clock that is due does. Of several that are due at once, an earlier one may have disarmed this one. */
export function fireClock(watch: Watch, due: ArmedClock, moment: Moment): Change {
  const fired = watch.clocks.find((it) => isSame(it, due));
  if (!fired) return silently(watch);
  switch (fired.clock) {
    case 'ack_by':
      return watch.handoff.offer_id === null ? lapse(watch, fired) : lapseTurn(watch, fired, moment);
    case 'lease_by':
      return lapseTurn(watch, fired, moment);
    case 'expires_at':
      return lapse(watch, fired);
    case 'due_by':
      return passDueBy(watch, fired, moment);
    case 'info_by':
      return resume(watch, moment);
    case 'decide_by':
      return fired.share < 1 ? warn(watch, fired) : breach(watch, fired, moment);
    case 'route_by':
      return miss(watch, fired, moment);
    default:
      return assertNever(fired.clock);
  }
}

const lapse = (watch: Watch, fired: ArmedClock): Change => say(silently(disarm(watch, fired.clock)), fired, 'lapsed');

/** An agent did not answer, or was not heard of: routing has to find somebody else, and until it says so `route_by` is the clock that runs. */
const lapseTurn = (watch: Watch, fired: ArmedClock, moment: Moment): Change => lapse(armRouteBy(watch, moment), fired);

const isSame = (one: ArmedClock, other: ArmedClock): boolean =>
  one.clock === other.clock && one.share === other.share && one.due_at.getTime() === other.due_at.getTime();

function warn(watch: Watch, fired: ArmedClock): Change {
  return say(silently({ ...watch, clocks: watch.clocks.filter((it) => it !== fired) }), fired, 'warning');
}

/** Routing has to move the level now; until it says so, `route_by` is the clock that runs. */
function breach(watch: Watch, fired: ArmedClock, moment: Moment): Change {
  const { level, breached_levels } = watch.handoff;
  const breachedLevels = [...new Set([...(breached_levels ?? []), level])];
  const breached: Watch = { ...watch, handoff: { ...watch.handoff, breached_at: moment.now, breached_levels: breachedLevels } };
  return say(silently(armRouteBy(disarm(breached, 'ack_by', 'decide_by', 'info_by'), moment)), fired, 'breached');
}

/** Routing did not answer. What it had to answer, a breach or an agent's lapse, is said again: the first one may be what it never got. */
function miss(watch: Watch, fired: ArmedClock, moment: Moment): Change {
  const { breached_at, decide_by } = watch.handoff;
  const unrouted = say(silently(armRouteBy(watch, moment)), fired, 'unrouted');
  if (breached_at && decide_by) return say(unrouted, fired, 'breached', { clock: 'decide_by', due_at: decide_by });
  const lapse = findLapse(watch);
  return lapse ? say(unrouted, fired, 'lapsed', lapse) : unrouted;
}
