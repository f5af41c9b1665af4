import type { Admin, TopicPartitionOffset } from 'kafkajs';

/** Where each topic ends now. A consumer by itself would find the end only at its first fetch, and miss what came before that. */
export async function endsOf(admin: Admin, topics: readonly string[]): Promise<readonly TopicPartitionOffset[]> {
  const all = await Promise.all(
    topics.map(async (topic) => (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ topic, partition, offset: high }))),
  );
  return all.flat();
}
