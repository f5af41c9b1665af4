import type { HandoffClock } from '@handoff/contracts';
import type { Said, WatchedHandoff } from '../domain/watch.js';

export function toClockEvent({ tenant, handoff_id, packet_version }: WatchedHandoff, said: Said, now: Date): HandoffClock {
  const { event, clock, level, cycle, share, result, sequence, due_at, info_by, due } = said;
  return {
    tenant,
    handoff_id,
    sequence,
    packet_version,
    event,
    clock,
    level,
    cycle,
    due_at: due_at.toISOString(),
    fired_at: now.toISOString(),
    share,
    result,
    ...(due ? { due } : {}),
    ...(info_by ? { info_by: info_by.toISOString() } : {}),
  };
}
