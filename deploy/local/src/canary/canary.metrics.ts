import { Counter, Gauge, Histogram } from 'prom-client';
import { STAGES, type Stage } from './stages.js';

export const rounds = new Counter({
  name: 'handoff_canary_rounds',
  help: 'Rounds that came back in time, or did not',
  labelNames: ['result'] as const,
});
export const failures = new Counter({
  name: 'handoff_canary_failures',
  help: 'Rounds that did not come back, by the first stage that they did not reach',
  labelNames: ['stage'] as const,
});
export const missing = new Gauge({
  name: 'handoff_canary_missing',
  help: '1 for the stage that the last round did not reach, 0 for the others',
  labelNames: ['stage'] as const,
});
export const lastSuccess = new Gauge({
  name: 'handoff_canary_last_success_seconds',
  help: 'Unix time of the last round that came back; 0 before the first',
});
export const stageSeconds = new Histogram({
  name: 'handoff_canary_stage_seconds',
  help: 'Seconds from the beginning of a round to each of its stages',
  labelNames: ['stage'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

/** A series that begins with its first failure would not be seen to rise by it. */
for (const result of ['made', 'failed']) rounds.inc({ result }, 0);
for (const stage of STAGES) {
  failures.inc({ stage }, 0);
  missing.set({ stage }, 0);
}

/** @param stopped where the round stopped; null for one that came back */
export function countRound(stopped: Stage | null, now: number): void {
  rounds.inc({ result: stopped ? 'failed' : 'made' });
  for (const stage of STAGES) missing.set({ stage }, stage === stopped ? 1 : 0);
  if (stopped) failures.inc({ stage: stopped });
  else lastSuccess.set(now / 1000);
}
