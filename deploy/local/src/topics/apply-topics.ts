import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError, TOPICS, type Seconds } from '@handoff/contracts';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { desiredTopics, layoutFor } from './desired-topics.js';
import { diffTopics, type TopicChange } from './diff-topics.js';
import { readSettings, readTopics } from './read-topics.js';

const { ConfigResourceTypes } = kafkajs; // CommonJS: Node finds no named exports in it

type Env = Readonly<Record<string, string | undefined>>;

const SETTLE_SECONDS = 30;

export class TopicsNotReadyError extends HandoffError {
  readonly code = 'TOPICS_NOT_READY';
  constructor(wait: Seconds) {
    super(`The topics were changed, but the brokers do not show it after ${wait} seconds. Look at their logs, then run it again.`);
  }
}

/** What is missing or different on the broker, without changing anything. */
export async function planTopics(kafka: Kafka, prefix: string, env: Env = process.env): Promise<readonly TopicChange[]> {
  return withAdmin(kafka, (admin) => changesIn(admin, prefix, env));
}

/**
 * Creates and corrects the topics of the contracts; running it again, or twice at once, changes nothing.
 * @returns what was different; `wrong-replication` still is
 */
export async function applyTopics(kafka: Kafka, prefix = '', env: Env = process.env): Promise<readonly TopicChange[]> {
  return withAdmin(kafka, async (admin) => {
    const changes = await changesIn(admin, prefix, env);
    await create(admin, changes);
    await addPartitions(admin, changes);
    await set(admin, changes);
    if (changes.some(isOurs)) await settled(async () => !(await changesIn(admin, prefix, env)).some(isOurs));
    return changes;
  });
}

const isOurs = (change: TopicChange): boolean => change.kind !== 'wrong-replication';

/** The same with a connection that is there. */
export async function changesIn(admin: Admin, prefix: string, env: Env): Promise<readonly TopicChange[]> {
  const { brokers } = await admin.describeCluster();
  const desired = desiredTopics(TOPICS, prefix, layoutFor(brokers.length, env));
  const names = desired.map(({ topic }) => topic);
  return diffTopics(desired, await readTopics(admin, names));
}

async function create(admin: Admin, changes: readonly TopicChange[]): Promise<void> {
  const topics = changes.flatMap((change) => (change.kind === 'create' ? [change.desired] : []));
  if (topics.length === 0) return;
  // kafkajs takes "already exists" as done: of two that apply at once, both succeed.
  await admin.createTopics({
    waitForLeaders: false, // it gives up where the broker does not know the new topic yet; see below
    topics: topics.map(({ topic, partitions, replication, settings }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replication,
      configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
  });
}

/** A broker answers to a change before it, or another broker, acts on it: done means that it can be seen, and written to. */
async function settled(isDone: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + SETTLE_SECONDS * 1000; ; await sleep(25)) {
    try {
      if (await isDone()) return;
    } catch (error) {
      if (!isNotYet(error)) throw error;
    }
    if (Date.now() > until) throw new TopicsNotReadyError(SETTLE_SECONDS);
  }
}

function isNotYet(error: unknown): boolean {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : null;
  return type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'LEADER_NOT_AVAILABLE';
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
