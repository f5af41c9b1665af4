import type { Measure } from '@handoff/runtime';
import { Counter, Gauge, TracedHistogram } from '@handoff/telemetry';
import { BOUND_TO_ASK } from './domain/hard-limit.js';
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

export const advices = new Counter({
  name: 'handoff_advices',
  help: 'Questions of agents, by the answer and what decided: a limit, the model or the rule',
  labelNames: ['ask', 'by'] as const,
});
export const trainingSeconds = new Gauge({
  name: 'handoff_model_training_seconds',
  help: 'How long the last training of this process took',
});
const modelInfo = new Gauge({
  name: 'handoff_model_info',
  help: '1 for the model that answers and for its challenger, of which there is one each at most',
  labelNames: ['version', 'state'] as const,
});
const calibrationError = new Gauge({
  name: 'handoff_model_calibration_error',
  help: 'Expected calibration error of the model that answers, or did last, on what came after it was made; 0 before the first',
});
const outOfCalibration = new Gauge({
  name: 'handoff_model_out_of_calibration',
  help: '1 while the model that answers, or did last, is farther from what came than chance explains',
});
const errorRate = new Gauge({
  name: 'handoff_advice_error_rate',
  help: 'Of the newest advised tasks of which it is known: share of those told to go on alone that failed, and of those told to ask that need not have been',
  labelNames: ['error'] as const,
});

export const measures: readonly Measure[] = [
  { gauge: modelInfo, rows: `SELECT version, state, 1 AS value FROM models WHERE state IN ('champion', 'shadow')` },
  { gauge: calibrationError, rows: 'SELECT coalesce(ece, 0) AS value FROM model_health' },
  { gauge: outOfCalibration, rows: 'SELECT is_off::int AS value FROM model_health' },
  {
    gauge: errorRate,
    rows: `SELECT CASE WHEN a.ask THEN 'asked_unnecessarily' ELSE 'failed_alone' END AS error,
                  avg((a.ask = (l.verdict = 'unnecessary'))::int)::float8 AS value
           FROM (SELECT handoff_id, revision, escalation ->> 'verdict' AS verdict, escalation ->> 'source' AS source FROM labels
                 WHERE (escalation ->> 'weight')::float8 > 0 ORDER BY labelled_at DESC LIMIT 1000) AS l
           JOIN examples e ON e.handoff_id = l.handoff_id AND e.revision = l.revision
           JOIN decisions d ON d.handoff_id = e.handoff_id
           JOIN recommendations r ON r.handoff_id = e.handoff_id AND r.packet_version = d.packet_version
           JOIN advices a ON a.tenant = e.tenant AND a.agent_id = r.agent_id AND a.task_id = r.task_id
           WHERE l.source <> 'rule' OR r.reason_code NOT IN (${BOUND_TO_ASK.map((it) => `'${it}'`).join(', ')}) GROUP BY a.ask`,
  },
];

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
