import { DECISION_TYPES, type HandoffDecision } from '@handoff/contracts';
import { later, silently, type Change, type Watch } from './watch.js';

const PERSONS_TYPES: ReadonlySet<string> = new Set(DECISION_TYPES);

/** The end: no clock is left, and nothing that comes later arms one. */
export function followDecision(watch: Watch, event: HandoffDecision): Change {
  const { handoff } = watch;
  if (handoff.state === 'ended') return silently(watch);
  const decided = isByPerson(event);
  return silently({
    clocks: [],
    handoff: {
      ...handoff,
      state: 'ended',
      ended_at: new Date(event.decided_at),
      packet_version: Math.max(handoff.packet_version, event.packet_version),
      urgency: event.urgency,
      decided_at: decided ? decidedAt(event.decided_at) : null,
      decided_level: decided ? (event.decided_by.at(-1)?.level ?? handoff.level) : null,
      sla_class: event.sla?.class ?? handoff.sla_class,
      sla_due_at: event.sla ? new Date(event.sla.due_at) : handoff.sla_due_at,
    },
  });
}

/** Dates hold milliseconds. What is a little later than one counts as the next, so that it is never in time for what it came after. */
function decidedAt(instant: string): Date {
  const isLater = /\.\d{3}\d*[1-9]/.test(instant);
  return later(new Date(instant), isLater ? 0.001 : 0);
}

/** An earlier answer given again took nobody's time, so it counts for no SLA. */
function isByPerson({ type, repeats }: HandoffDecision): boolean {
  return PERSONS_TYPES.has(type) && (repeats ?? null) === null;
}
