import { CANARY_AGENT } from '@handoff/contracts';
import { Counter, Gauge, Histogram, TracedHistogram } from '@handoff/telemetry';
import { timeToDecision } from './domain/settle-result.js';
import type { ArmedClock, Change } from './domain/watch.js';
import type { Recorded } from './store/record-changes.js';

export const clockLateness = new Histogram({
  name: 'handoff_clock_lateness_seconds',
  help: 'Seconds from the instant a clock was due to the instant it fired',
  labelNames: ['clock'] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 60, 300, 900],
});
export const clocksFired = new Counter({
  name: 'handoff_clocks_fired',
  help: 'Events said by clocks',
  labelNames: ['clock', 'event'] as const,
});
export const clocksOverdue = new Gauge({
  name: 'handoff_clocks_overdue',
  help: 'Clocks more than a second past due that nobody has fired yet, at the last look',
});
export const clockFailures = new Counter({
  name: 'handoff_clock_failures',
  help: 'Looks at the clocks that failed and were tried again',
});
export const slaResults = new Counter({
  name: 'handoff_sla_results',
  help: 'Decided handoffs by whether their SLA was met',
  labelNames: ['class', 'met'] as const,
});
export const dueResults = new Counter({
  name: 'handoff_due_results',
  help: 'Ended delegations with a due_by, by whether they were delivered by then',
  labelNames: ['met'] as const,
});
export const handoffsOpen = new Gauge({
  name: 'handoff_open',
  help: 'Open handoffs: unrouted, with_agent, asked, acknowledged, or late, which is past their SLA. Level 0 is none yet. Of replicas, the maximum counts',
  labelNames: ['state', 'urgency', 'level'] as const,
});
/** 900 and 14,400 are the promises. */
export const timeToDecisionSeconds = new TracedHistogram({
  name: 'handoff_time_to_decision_seconds',
  help: 'Seconds from acceptance to decision',
  labelNames: ['urgency', 'level'] as const,
  buckets: [10, 30, 60, 300, 900, 3600, 14_400, 86_400],
});

/** Call these after the commit: a batch that is tried again must not be counted twice. The canary's are no promise to anybody. */
export function countFollowed(recorded: readonly Recorded[]): void {
  for (const { before, change } of recorded) {
    const { handoff } = change.watch;
    if (handoff.agent_id === CANARY_AGENT) continue;
    for (const { result, due } of change.said) {
      if (result) slaResults.inc({ class: result.class, met: String(result.met) });
      if (due) dueResults.inc({ met: String(due.met) });
    }
    const took = timeToDecision(before.handoff, handoff);
    const labels = { urgency: handoff.urgency ?? 'unknown', level: handoff.decided_level ?? 0 };
    if (took !== null) timeToDecisionSeconds.observeFor(handoff.traceparent, labels, took);
  }
}

export function countFired(due: readonly ArmedClock[], changes: readonly Change[], now: Date): void {
  for (const { clock, due_at } of due) clockLateness.observe({ clock }, (now.getTime() - due_at.getTime()) / 1000);
  for (const { said } of changes) for (const { clock, event } of said) clocksFired.inc({ clock, event });
}
