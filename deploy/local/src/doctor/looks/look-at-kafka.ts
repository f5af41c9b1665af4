import { deadLetterTopic, SERVICES, TOPICS, type Milliseconds } from '@handoff/contracts';
import kafkajs, { type Admin } from 'kafkajs';
import type { Installation } from '../../command/installation.js';
import type { Env } from '../../command/io.js';
import { kafkaFromEnv } from '../../topics/kafka-from-env.js';
import { changesIn } from '../../topics/apply-topics.js';
import type { GroupSeen, KafkaSeen, PartitionSeen, PositionSeen } from '../seen.js';

const { ConfigResourceTypes } = kafkajs; // CommonJS: Node finds no named exports in it

type Offsets = ReadonlyMap<string, bigint>;

/** @param pause resolves when offsets are to be read again */
export async function lookAtKafka(
  { brokers, topicPrefix, groupPrefix }: Installation,
  env: Env,
  pause: Promise<void>,
  signal: AbortSignal,
): Promise<KafkaSeen> {
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
    const groups = SERVICES.map((service) => ({ service, group: `${groupPrefix}handoff-${service}` }));
    const first = await Promise.all(groups.map(({ group }) => offsetsOf(admin, group)));
    const ends = await endsOf(admin, first);
    await pause;
    const [later, described] = await Promise.all([
      Promise.all(groups.map(({ group }) => offsetsOf(admin, group))),
      admin.describeGroups(groups.map(({ group }) => group)),
    ]);
    const watchedMs: Milliseconds = Date.now() - begun;
    return {
      brokers: cluster.brokers.length,
      controller: cluster.controller,
      createsTopics: await createsTopics(admin, cluster.brokers[0]?.nodeId),
      partitions,
      changes,
      groups: groups.map(({ service, group }, at): GroupSeen => {
        const { state = 'Unknown', members = [] } = described.groups.find(({ groupId }) => groupId === group) ?? {};
        return { service, group, state, members: members.length, positions: positionsOf(first[at], later[at], ends) };
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

/** Of the topics that the group has told Kafka of. */
async function offsetsOf(admin: Admin, groupId: string): Promise<Offsets> {
  const topics = await admin.fetchOffsets({ groupId });
  return new Map(
    topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, BigInt(offset)] as const),
    ),
  );
}

async function endsOf(admin: Admin, groups: readonly Offsets[]): Promise<Offsets> {
  const topics = [...new Set(groups.flatMap((offsets) => [...offsets.keys()].map((key) => key.slice(0, key.lastIndexOf('/')))))];
  const ends = await Promise.all(topics.map(async (topic) => ({ topic, found: await admin.fetchTopicOffsets(topic) })));
  return new Map(ends.flatMap(({ topic, found }) => found.map(({ partition, high }) => [`${topic}/${partition}`, BigInt(high)] as const)));
}

/** A partition for which a group has told nothing is read from its beginning once there is something. */
function positionsOf(first: Offsets = new Map(), later: Offsets = new Map(), ends: Offsets): readonly PositionSeen[] {
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
