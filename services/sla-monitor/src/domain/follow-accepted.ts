import type { HandoffAccepted } from '@handoff/contracts';
import { arm, armRouteBy, disarm } from './arm-clocks.js';
import { dueIn, followDelivery } from './due-by.js';
import { silently, type Change, type Moment, type Watch } from './watch.js';

/** From here on the handoff has an armed clock at every instant until it ends. */
export function followAccepted(watch: Watch, event: HandoffAccepted, moment: Moment): Change {
  const before = watch.handoff;
  if (event.sequence <= before.accepted_sequence) return silently(watch);
  const expires_at = event.packet.expires_at === undefined ? null : new Date(event.packet.expires_at);
  const seen: Watch = {
    ...watch,
    handoff: {
      ...before,
      accepted_sequence: event.sequence,
      packet_version: Math.max(before.packet_version, event.packet_version),
      urgency: before.urgency ?? event.packet.urgency,
      agent_id: event.agent_id,
      kind: event.kind,
      accepted_at: new Date(event.accepted_at),
      expires_at,
      ...dueIn(event),
    },
  };
  if (before.state === 'ended') return silently(seen);
  const isNew = before.accepted_sequence === 0 && before.routed_sequence === 0;
  return silently(followDelivery(armExpiry(isNew ? armRouteBy(seen, moment) : seen, before.expires_at), moment));
}

/** Another packet version that names the same instant does not make a clock that has fired fire again. */
function armExpiry(watch: Watch, before: Date | null): Watch {
  const { expires_at } = watch.handoff;
  if (expires_at?.getTime() === before?.getTime()) return watch;
  return expires_at ? arm(watch, 'expires_at', expires_at) : disarm(watch, 'expires_at');
}
