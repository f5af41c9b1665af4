import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import type { KafkaSeen, PartitionSeen } from '../seen.js';

const RUNBOOK = 'handoff-broker';

/** Kafka itself: reachable, led, with every copy in sync, and making no topics by accident. */
export const broker: Check = {
  name: 'broker',
  judge: ({ kafka }) => (kafka.kind === 'unseen' ? [away(kafka.why)] : judgeCluster(kafka.value)),
};

const away = (why: string): Finding => ({
  severity: 'page',
  part: 'kafka',
  saw: `Kafka could not be looked at: ${why}.`,
  figures: {},
  whatToDo:
    'See whether the brokers run and KAFKA_BROKERS names them, and what SASL and TLS need. What was committed meanwhile waits in the outbox and is sent by itself.',
  runbook: RUNBOOK,
});

function judgeCluster({ brokers, controller, createsTopics, partitions }: KafkaSeen): readonly Finding[] {
  const leaderless = partitions.filter(({ hasLeader }) => !hasLeader);
  const behind = partitions.filter(({ hasLeader, inSync, replicas }) => hasLeader && inSync < replicas);
  const findings: readonly (Finding | false)[] = [
    controller === null && {
      ...{ severity: 'page', part: 'kafka', figures: { brokers }, runbook: RUNBOOK },
      saw: `None of the ${brokers} brokers is the controller: topics and groups cannot change.`,
      whatToDo: 'Look at the brokers’ logs for the election; a majority of the controllers must run.',
    },
    leaderless.length > 0 && {
      ...{ severity: 'page', part: 'kafka', figures: { partitions: leaderless.length }, runbook: RUNBOOK },
      saw: `${leaderless.length} partitions have no leader and can be neither read nor written: ${namesOf(leaderless)}.`,
      whatToDo: 'Bring back the brokers that hold them; their logs say why they stopped, a full disk among the reasons.',
    },
    behind.length > 0 && {
      ...{ severity: 'ticket', part: 'kafka', figures: { partitions: behind.length }, runbook: RUNBOOK },
      saw: `${behind.length} partitions have fewer copies in sync than they should: ${namesOf(behind)}.`,
      whatToDo: 'A broker is away or behind. Until it is back, another loss can stop writing.',
    },
    createsTopics === true && {
      ...{ severity: 'ticket', part: 'kafka', figures: {}, runbook: RUNBOOK },
      saw: 'The brokers create topics that anybody names (auto.create.topics.enable): a misspelt name becomes a topic of its own, with wrong settings.',
      whatToDo: 'Set auto.create.topics.enable=false; npm run topics -- apply makes those that are needed.',
    },
  ];
  return findings.filter((it) => it !== false);
}

const SHOWN = 5;

const namesOf = (partitions: readonly PartitionSeen[]): string => {
  const names = partitions.map(({ topic, partition }) => `${topic}/${partition}`);
  return names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
};
