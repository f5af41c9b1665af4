import kafkajs, { type Admin } from 'kafkajs';
import type { ActualTopic } from './diff-topics.js';

const { ConfigResourceTypes, ConfigSource } = kafkajs; // CommonJS: Node finds no named exports in it

/** Those of the named topics that exist, with every setting that was set on the topic itself or comes from the broker. */
export async function readTopics(admin: Admin, names: readonly string[]): Promise<readonly ActualTopic[]> {
  const there = new Set(await admin.listTopics());
  const topics = names.filter((name) => there.has(name));
  if (topics.length === 0) return [];
  const [{ topics: found }, settings] = await Promise.all([admin.fetchTopicMetadata({ topics }), readSettings(admin, topics)]);
  return found.map(({ name, partitions }) => ({
    topic: name,
    partitions: partitions.length,
    replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    settings: Object.fromEntries((settings.get(name) ?? []).map((entry) => [entry.name, entry.value])),
  }));
}

export interface Setting {
  readonly name: string;
  readonly value: string;
  /** Set on the topic itself, not taken over from the broker. */
  readonly isOwn: boolean;
}

export async function readSettings(admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, readonly Setting[]>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      configEntries.map(({ configName, configValue, configSource }) => ({
        name: configName,
        value: configValue,
        isOwn: configSource === ConfigSource.TOPIC_CONFIG,
      })),
    ]),
  );
}
