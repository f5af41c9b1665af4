import type { Seconds } from '@handoff/contracts';
import { sayResult } from './say.js';
import type { Change, WatchedHandoff } from './watch.js';

/** Met or missed, said once: as soon as both a person's decision and the SLA are known, whichever came last. */
export function settleResult(change: Change): Change {
  const { handoff } = change.watch;
  const { met, decided_at, sla_class, sla_due_at } = handoff;
  if (met !== null || !decided_at || !sla_class || !sla_due_at) return change;
  const inTime = decided_at <= sla_due_at;
  const settled = { ...change, watch: { ...change.watch, handoff: { ...handoff, met: inTime } } };
  return sayResult(settled, {
    class: sla_class,
    met: inTime,
    due_at: sla_due_at.toISOString(),
    decided_at: decided_at.toISOString(),
  });
}

/** Most of the time between was the agent's, and none of it is what people are measured by. */
const isAgentsWork = ({ kind }: WatchedHandoff): boolean => kind !== null && kind !== 'escalation';

/** From acceptance to decision, where this change is the first to know both; else null. */
export function timeToDecision(before: WatchedHandoff, after: WatchedHandoff): Seconds | null {
  const known = before.accepted_at !== null && before.decided_at !== null;
  if (known || !after.accepted_at || !after.decided_at || isAgentsWork(after)) return null;
  return (after.decided_at.getTime() - after.accepted_at.getTime()) / 1000;
}
