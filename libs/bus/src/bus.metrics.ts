import { Counter, Gauge, Histogram } from '@handoff/telemetry';

export const recordsConsumed = new Counter({
  name: 'handoff_records_consumed',
  help: 'Records taken into effect',
  labelNames: ['topic'] as const,
});
export const recordsSkipped = new Counter({
  name: 'handoff_records_skipped',
  help: 'Records delivered again and passed over because their offset was consumed before',
  labelNames: ['topic'] as const,
});
export const recordsDeadLettered = new Counter({
  name: 'handoff_records_dead_lettered',
  help: 'Records that no handler could take',
  labelNames: ['topic'] as const,
});
export const batchSeconds = new Histogram({
  name: 'handoff_batch_seconds',
  help: 'Seconds from a gathered batch to its commit',
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
});
export const batchRecords = new Histogram({
  name: 'handoff_batch_records',
  help: 'Records in one transaction',
  buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
});
export const consumerPaused = new Gauge({ name: 'handoff_consumer_paused', help: '1 while consuming waits for something to come back' });
export const eventsPublished = new Counter({
  name: 'handoff_events_published',
  help: 'Events acknowledged by Kafka',
  labelNames: ['topic'] as const,
});
export const publishFailures = new Counter({
  name: 'handoff_publish_failures',
  help: 'Sends that Kafka did not acknowledge; the relay sends them again',
});
export const deadLettersReplayed = new Counter({
  name: 'handoff_dead_letters_replayed',
  help: 'Replays of dead letters, by what came of them',
  labelNames: ['outcome'] as const,
});
