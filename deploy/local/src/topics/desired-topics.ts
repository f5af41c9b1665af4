import { days, deadLetterTopic, KIB, toMilliseconds, type Seconds, type Topic } from '@handoff/contracts';

/** What an installation chooses about its topics. */
export interface Layout {
  /** Of each topic but the dead letters; null: as the contracts have it. */
  readonly partitions: number | null;
  readonly factor: number;
  readonly minInSync: number;
}

/** A topic as it should be on the broker. */
export interface DesiredTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  /** The settings that we answer for; the others are the operator's. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Long enough that a dead letter outlives a holiday before somebody reads it. */
const DEAD_LETTERS_KEPT = days(30);
/** A dead letter is the record itself plus headers that say where it came from and what was wrong. */
const DEAD_LETTER_HEADER_BYTES = 64 * KIB;

/** Every topic of the contracts and its dead letters, under the installation's prefix. */
export function desiredTopics(topics: readonly Topic[], prefix: string, layout: Layout): readonly DesiredTopic[] {
  return topics.flatMap((topic) => [desired(topic, prefix, layout), deadLetters(topic, prefix, layout)]);
}

function desired(topic: Topic, prefix: string, layout: Layout): DesiredTopic {
  const kept = topic.retention === null ? { 'cleanup.policy': 'compact' } : { 'cleanup.policy': 'delete', ...retention(topic.retention) };
  return {
    topic: prefix + topic.topic,
    partitions: layout.partitions ?? topic.partitions,
    replication: layout.factor,
    settings: { ...kept, ...bounds(topic.maxMessageBytes, layout) },
  };
}

/** One partition: dead letters are few, and people read them in order. */
function deadLetters(topic: Topic, prefix: string, layout: Layout): DesiredTopic {
  return {
    topic: prefix + deadLetterTopic(topic.topic),
    partitions: 1,
    replication: layout.factor,
    settings: {
      'cleanup.policy': 'delete',
      ...retention(Math.max(DEAD_LETTERS_KEPT, topic.retention ?? 0)),
      ...bounds(topic.maxMessageBytes + DEAD_LETTER_HEADER_BYTES, layout),
    },
  };
}

const retention = (kept: Seconds): Record<string, string> => ({ 'retention.ms': String(toMilliseconds(kept)) });

const bounds = (maxMessageBytes: number, { minInSync }: Layout): Record<string, string> => ({
  'max.message.bytes': String(maxMessageBytes),
  'min.insync.replicas': String(minInSync),
});

/**
 * Three copies where there are three brokers, of which two must have a record before it counts as written; else one.
 * @throws RangeError when a setting is no whole number from 1, or asks for more in-sync copies than there are copies
 */
export function layoutFor(brokers: number, env: Readonly<Record<string, string | undefined>>): Layout {
  const factor = wholeNumber('TOPIC_REPLICATION', env) ?? (brokers < 3 ? 1 : 3);
  const minInSync = wholeNumber('TOPIC_MIN_INSYNC_REPLICAS', env) ?? (factor < 3 ? 1 : 2);
  if (minInSync > factor) throw new RangeError(`TOPIC_MIN_INSYNC_REPLICAS is ${minInSync}, more than the ${factor} copies that there are.`);
  return { partitions: wholeNumber('TOPIC_PARTITIONS', env), factor, minInSync };
}

function wholeNumber(setting: string, env: Readonly<Record<string, string | undefined>>): number | null {
  const text = env[setting];
  if (!text) return null;
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`${setting} is "${text}"; it must be a whole number from 1.`);
  return Number(text);
}
