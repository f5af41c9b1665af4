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

/** Call it after the commit: a batch that is tried again must not be counted twice. */
export function countLabelled(labelled: readonly Labelled[], now: Date, traceparentOf: (of: Labelled) => string | null): void {
  for (const it of labelled) {
    const { decision, revision, escalation, recommendation } = it;
    labels.inc({ verdict: escalation.verdict, source: escalation.source });
    if (revision > 1) continue; // rated later: another label of the same handoff
    recommendationVerdicts.inc({ verdict: recommendation.verdict });
    feedbackSeconds.observeFor(traceparentOf(it), {}, (now.getTime() - Date.parse(decision.decided_at)) / 1000);
  }
}
