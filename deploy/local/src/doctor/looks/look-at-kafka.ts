import { deadLetterTopic, SERVICES, TOPICS, type Milliseconds } from '@handoff/contracts';
import kafkajs, { type Admin } from 'kafkajs';
import type { Installation } from '../../command/installation.js';
import type { Env } from '../../command/io.js';
import { kafkaFromEnv } from '../../topics/kafka-from-env.js';
import { changesIn } from '../../topics/apply-topics.js';
import { groupOf, positionsOf, type Offsets } from './positions.js';
import type { GroupSeen, KafkaSeen, PartitionSeen, PositionSeen } from '../seen.js';

const { ConfigResourceTypes } = kafkajs; // CommonJS: Node finds no named exports in it

/** @param pause resolves when offsets are to be read again */
export async function lookAtKafka(installation: Installation, env: Env, pause: Promise<void>, signal: AbortSignal): Promise<KafkaSeen> {
  const { brokers, topicPrefix } = installation;
  const admin = kafkaFromEnv({ ...env, KAFKA_BROKERS: brokers }, 'handoff-doctor').admin({ retry: { retries: 1 } });
  const leave = (): void => void admin.disconnect().catch(() => undefined); // nobody waits for it
  signal.addEventListener('abort', leave, { once: true });
  try {
    await admin.connect();
    const [cluster, partitions, changes] = await Promise.all([
      admin.describeCluster(),
      partitionsOf(admin, topicPrefix),
      changesIn(admin, topicPrefix, env),
    ]);
    const begun = Date.now();
    const ends = await endsOf(admin, partitions); // before the positions: what comes in between is no backlog
    const first = await positionsOf(admin, installation);
    await pause;
    const later = await positionsOf(admin, installation);
    const watchedMs: Milliseconds = Date.now() - begun;
    const described = await admin.describeGroups(SERVICES.map((service) => groupOf(installation, service)));
    return {
      brokers: cluster.brokers.length,
      controller: cluster.controller,
      createsTopics: await createsTopics(admin, cluster.brokers[0]?.nodeId),
      partitions,
      changes,
      isExact: first.isExact && later.isExact,
      groups: SERVICES.map((service): GroupSeen => {
        const group = groupOf(installation, service);
        const { state = 'Unknown', members = [] } = described.groups.find(({ groupId }) => groupId === group) ?? {};
        const positions = first.isExact === later.isExact ? between(first.of.get(service), later.of.get(service), ends) : [];
        return { service, group, state, members: members.length, positions };
      }),
      watchedMs,
    };
  } finally {
    leave();
  }
}

async function partitionsOf(admin: Admin, prefix: string): Promise<readonly PartitionSeen[]> {
  const there = new Set(await admin.listTopics());
  const ours = TOPICS.flatMap(({ topic }) => [topic, deadLetterTopic(topic)].map((name) => prefix + name)).filter((it) => there.has(it));
  if (ours.length === 0) return [];
  const { topics } = await admin.fetchTopicMetadata({ topics: ours });
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionId, leader, replicas, isr }) => ({
      ...{ topic: name, partition: partitionId, hasLeader: leader >= 0 },
      ...{ replicas: replicas.length, inSync: isr.length },
    })),
  );
}

async function endsOf(admin: Admin, partitions: readonly PartitionSeen[]): Promise<Offsets> {
  const topics = [...new Set(partitions.filter(({ hasLeader }) => hasLeader).map(({ topic }) => topic))];
  const ends = await Promise.all(topics.map(async (topic) => ({ topic, found: await admin.fetchTopicOffsets(topic) })));
  return new Map(ends.flatMap(({ topic, found }) => found.map(({ partition, high }) => [`${topic}/${partition}`, BigInt(high)] as const)));
}

/** A partition of which nothing was told is read from its beginning once there is something. */
function between(first: Offsets = new Map(), later: Offsets = new Map(), ends: Offsets): readonly PositionSeen[] {
  return [...first].flatMap(([key, next]) => {
    const end = ends.get(key);
    if (end === undefined) return [];
    const at = key.lastIndexOf('/');
    const known = (offset: bigint): bigint => (offset < 0n ? 0n : offset);
    const place = { topic: key.slice(0, at), partition: Number(key.slice(at + 1)) };
    return [{ ...place, end, next: known(next), nextLater: known(later.get(key) ?? next) }];
  });
}

async function createsTopics(admin: Admin, broker: number | undefined): Promise<boolean | null> {
  if (broker === undefined) return null;
  const resource = { type: ConfigResourceTypes.BROKER, name: String(broker), configNames: ['auto.create.topics.enable'] };
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
  const [entry] = resources[0]?.configEntries ?? [];
  return entry ? entry.configValue === 'true' : null;
}
