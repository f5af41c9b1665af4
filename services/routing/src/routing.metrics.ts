import type { Measure } from '@handoff/runtime';
import { Counter, Gauge, TracedHistogram } from '@handoff/telemetry';
import type { Said } from './domain/board.js';
import type { Assignment } from './domain/assignment.js';

const routed = new Counter({
  name: 'handoff_routed',
  help: 'Times that a level was asked, an end was asked for (level "end"), or a view was said again',
  labelNames: ['level', 'urgency'] as const,
});
const levelsSkipped = new Counter({
  name: 'handoff_levels_skipped',
  help: 'Levels passed over because nobody was on duty',
  labelNames: ['urgency'] as const,
});
const unattended = new Counter({
  name: 'handoff_unattended',
  help: 'Times that a handoff was held because nobody is left to ask',
  labelNames: ['urgency'] as const,
});
const unattendedOpen = new Gauge({
  name: 'handoff_unattended_open',
  help: 'Open handoffs that are held because nobody is left to ask; counted up to 10000. Of replicas, the maximum counts',
});
const acceptedToRouted = new TracedHistogram({
  name: 'handoff_accepted_to_routed_seconds',
  help: 'Seconds from acceptance to the first routing',
  labelNames: ['urgency'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 14_400],
});

/** Labels are bounded: a policy has at most eight levels. */
export function countSaid(
  said: readonly Said[],
  assignmentOf: (routed: Said['routed']) => Assignment | null,
  traceparentOf: (said: Said) => string | null,
): void {
  for (const it of said) {
    const { routed: event } = it;
    const assignment = assignmentOf(event);
    if (!assignment) continue;
    const { urgency, acceptedAt } = assignment;
    routed.inc({ level: event.event === 'end' ? 'end' : String(event.level.number), urgency });
    if (event.event === 'end') continue;
    if (event.skipped.length > 0) levelsSkipped.inc({ urgency }, event.skipped.length);
    if (event.unattended) unattended.inc({ urgency });
    if (event.sequence === 1)
      acceptedToRouted.observeFor(traceparentOf(it), { urgency }, (Date.parse(event.routed_at) - acceptedAt.getTime()) / 1000);
  }
}

/** By the index of those that have not ended. */
export const measures: readonly Measure[] = [
  {
    gauge: unattendedOpen,
    rows: `SELECT count(*)::int AS value FROM (
             SELECT 1 FROM assignments WHERE state <> 'ended' AND (routed ->> 'unattended')::boolean LIMIT 10000) AS held`,
  },
];
