import { Counter, Gauge, Histogram, TracedHistogram } from '@handoff/telemetry';

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
/** A part of one batch: a handler gets at most one event of a handoff per call. */
export const handlerSeconds = new Histogram({
  name: 'handoff_handler_seconds',
  help: "Seconds that a topic's handler took for its part of a batch, whatever came of it",
  labelNames: ['topic'] as const,
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
});
export const batchFailures = new Counter({
  name: 'handoff_batch_failures',
  help: 'Batches that failed, by what was done: "waited" for something to come back, or "split" to find the record',
  labelNames: ['then'] as const,
});
export const batchSeconds = new TracedHistogram({
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
/** Read by each replica for all partitions of its group, so that one that is gone is told of by the others: take the maximum. */
export const oldestUnprocessedSeconds = new Gauge({
  name: 'handoff_oldest_unprocessed_seconds',
  help: 'Age of the oldest record that the group has not taken yet; 0 where there is none. Of replicas, the maximum counts',
  labelNames: ['topic', 'group'] as const,
});
export const unprocessedRecords = new Gauge({
  name: 'handoff_unprocessed_records',
  help: 'Records that the group has not taken yet. Of replicas, the maximum counts',
  labelNames: ['topic', 'group'] as const,
});
export const eventsPublished = new Counter({
  name: 'handoff_events_published',
  help: 'Events acknowledged by Kafka',
  labelNames: ['topic'] as const,
});
export const publishSeconds = new Histogram({
  name: 'handoff_publish_seconds',
  help: 'Seconds from the commit of events to their acknowledgement by every in-sync replica of Kafka',
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
});
export const publishFailures = new Counter({
  name: 'handoff_publish_failures',
  help: 'Sends that Kafka did not acknowledge; the relay sends them again',
});
export const eventsRelayed = new Counter({
  name: 'handoff_events_relayed',
  help: 'Events that their writer left in the outbox, sent by the relay',
});
export const deadLettersReplayed = new Counter({
  name: 'handoff_dead_letters_replayed',
  help: 'Replays of dead letters, by what came of them',
  labelNames: ['outcome'] as const,
});
