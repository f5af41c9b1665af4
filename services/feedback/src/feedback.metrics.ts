import { Counter, TracedHistogram } from '@handoff/telemetry';
import type { Labelled } from './store/examples.js';

export const labels = new Counter({
  name: 'handoff_feedback_labels',
  help: 'Decided handoffs by whether asking was right, and who or what says so',
  labelNames: ['verdict', 'source'] as const,
});
export const recommendationVerdicts = new Counter({
  name: 'handoff_recommendation_verdicts',
  help: 'Decided handoffs by whether the recommendation was followed',
  labelNames: ['verdict'] as const,
});
export const feedbackSeconds = new TracedHistogram({
  name: 'handoff_feedback_seconds',
  help: 'Seconds from a decision to its feedback',
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300],
});

export const outcomesTaken = new Counter({
  name: 'handoff_outcomes',
  help: 'Tasks that were told to have ended, by how',
  labelNames: ['result'] as const,
});
export const outcomesRejected = new Counter({
  name: 'handoff_rejected',
  help: 'Refused records and requests, by fault code',
  labelNames: ['door', 'code'] as const,
});
export const auditsDrawn = new Counter({
  name: 'handoff_audits',
  help: 'Tasks that agents did alone and that could be audited, by whether they were drawn',
  labelNames: ['drawn'] as const,
});
export const unapprovedActions = new Counter({
  name: 'handoff_unapproved_actions',
  help: 'Security events: what was carried out is not what was approved',
});

/** Call it after the commit: a batch that is tried again must not be counted twice. */
export function countLabelled(labelled: readonly Labelled[], now: Date, traceparentOf: (of: Labelled) => string | null): void {
  for (const it of labelled) {
    const { decision, revision, escalation, recommendation } = it;
    labels.inc({ verdict: escalation.verdict, source: escalation.source });
    if (revision > 1) continue; // more is known of it: another label of the same handoff
    recommendationVerdicts.inc({ verdict: recommendation.verdict });
    feedbackSeconds.observeFor(traceparentOf(it), {}, (now.getTime() - Date.parse(decision.decided_at)) / 1000);
  }
}
