import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import { gaugesOf } from '../service-gauges.js';
import type { GroupSeen, KafkaSeen, ProcessSeen, Seen } from '../seen.js';

/** As the alert has it. */
const BEHIND_SECONDS = 60;
/** Twice as long as a service lets pass before it tells Kafka where it is. */
const TOLD_SECONDS = 10;

/** Each service's group: whether anybody is in it, how old the oldest record is that it has not taken, and whether a partition stands still. */
export const consumers: Check = {
  name: 'consumers',
  judge: ({ kafka, processes }) => {
    const seen = valueOf(kafka);
    return [...(seen ? seen.groups.flatMap((group) => judgeGroup(group, seen, processes)) : []), ...judgeAge(processes)];
  },
};

function judgeGroup(group: GroupSeen, { isExact, watchedMs }: KafkaSeen, processes: Seen['processes']): readonly Finding[] {
  const part = `group ${group.group}`;
  const lag = group.positions.reduce((sum, { end, nextLater }) => sum + Number(end > nextLater ? end - nextLater : 0n), 0);
  if (group.members === 0)
    return [
      {
        ...{ severity: 'page', part, figures: { members: 0, lag }, runbook: 'handoff-service-absent' },
        saw: `Nobody is in the group (${group.state}): ${lag} records wait for ${group.service}.`,
        whatToDo: `Start ${group.service}, or see in its log why it cannot join.`,
      },
    ];
  return group.positions
    .filter(({ end, next, nextLater }) => end > next && nextLater === next)
    .filter(({ topic }) => isExact || isBehind(processes, group, topic))
    .map(({ topic, partition, end, next }) => ({
      ...{ severity: 'page', part: `${topic}, partition ${partition}`, runbook: 'handoff-consumer-behind' },
      saw: `${end - next} records of the partition wait for ${group.service}, and in ${seconds(watchedMs)} it has taken none of them: it stands still at offset ${next}.`,
      figures: { lag: Number(end - next), offset: String(next), watched_seconds: watchedMs / 1000 },
      whatToDo: `Look at what ${group.service} says it waits for, then at its log; its runbook has the causes in order.`,
    }));
}

/** What was told to Kafka may be old: then the service itself must say that it is behind on the topic. */
const isBehind = (processes: Seen['processes'], { service }: GroupSeen, topic: string): boolean =>
  gaugesOf(processes, 'handoff_oldest_unprocessed_seconds').some(
    (it) => it.service === service && topic.endsWith(it.labels['topic'] ?? '') && it.value > TOLD_SECONDS,
  );

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** By the services' own figures: how long, which offsets cannot say. */
const judgeAge = (processes: readonly ProcessSeen[]): readonly Finding[] =>
  gaugesOf(processes, 'handoff_oldest_unprocessed_seconds')
    .filter(({ value }) => value > BEHIND_SECONDS)
    .map(({ service, labels: { topic = '' }, value }) => ({
      ...{ severity: 'page', part: service, runbook: 'handoff-consumer-behind' },
      saw: `The oldest record of ${topic} that ${service} has not taken is ${Math.round(value)} s old.`,
      figures: { topic, oldest_seconds: Math.round(value) },
      whatToDo: 'See whether it catches up: handoff_unprocessed_records falls. Else its runbook has the causes in order.',
    }));
