import { TOPICS } from '@handoff/contracts';
import { ConfigResourceTypes, type Admin, type Kafka } from 'kafkajs';
import { desiredTopics, replicationFor } from './desired-topics.js';
import { diffTopics, type TopicChange } from './diff-topics.js';
import { readSettings, readTopics } from './read-topics.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What is missing or different on the broker, without changing anything. */
export async function planTopics(kafka: Kafka, prefix: string, env: Env = process.env): Promise<readonly TopicChange[]> {
  return withAdmin(kafka, (admin) => plan(admin, prefix, env));
}

/**
 * Creates and corrects the topics of the contracts; running it again, or twice at once, changes nothing.
 * @returns what was different; `wrong-replication` still is
 */
export async function applyTopics(kafka: Kafka, prefix = '', env: Env = process.env): Promise<readonly TopicChange[]> {
  return withAdmin(kafka, async (admin) => {
    const changes = await plan(admin, prefix, env);
    await create(admin, changes);
    await addPartitions(admin, changes);
    await set(admin, changes);
    return changes;
  });
}

async function plan(admin: Admin, prefix: string, env: Env): Promise<readonly TopicChange[]> {
  const { brokers } = await admin.describeCluster();
  const desired = desiredTopics(TOPICS, prefix, replicationFor(brokers.length, env));
  return diffTopics(
    desired,
    await readTopics(
      admin,
      desired.map(({ topic }) => topic),
    ),
  );
}

async function create(admin: Admin, changes: readonly TopicChange[]): Promise<void> {
  const topics = changes.flatMap((change) => (change.kind === 'create' ? [change.desired] : []));
  if (topics.length === 0) return;
  // kafkajs takes "already exists" as done: of two that apply at once, both succeed.
  await admin.createTopics({
    waitForLeaders: true,
    topics: topics.map(({ topic, partitions, replication, settings }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replication,
      configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
  });
}

async function addPartitions(admin: Admin, changes: readonly TopicChange[]): Promise<void> {
  const topicPartitions = changes.flatMap((change) =>
    change.kind === 'add-partitions' ? [{ topic: change.topic, count: change.to }] : [],
  );
  if (topicPartitions.length > 0) await admin.createPartitions({ topicPartitions });
}

/** The request replaces all of a topic's own settings, so those that an operator has set are sent again with ours. */
async function set(admin: Admin, changes: readonly TopicChange[]): Promise<void> {
  const sets = changes.flatMap((change) => (change.kind === 'set' ? [change] : []));
  if (sets.length === 0) return;
  const settings = await readSettings(
    admin,
    sets.map(({ topic }) => topic),
  );
  await admin.alterConfigs({
    validateOnly: false,
    resources: sets.map((change) => {
      const own = (settings.get(change.topic) ?? []).filter(({ isOwn }) => isOwn).map(({ name, value }) => [name, value] as const);
      const ours = change.settings.map(({ name, shouldBe }) => [name, shouldBe] as const);
      const configEntries = [...new Map([...own, ...ours])].map(([name, value]) => ({ name, value }));
      return { type: ConfigResourceTypes.TOPIC, name: change.topic, configEntries };
    }),
  });
}

async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
