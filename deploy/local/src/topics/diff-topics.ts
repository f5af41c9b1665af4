import type { DesiredTopic } from './desired-topics.js';

/** A topic as the broker has it. */
export interface ActualTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly settings: Readonly<Record<string, string>>;
}

export type TopicChange =
  | { readonly kind: 'create'; readonly topic: string; readonly desired: DesiredTopic }
  | { readonly kind: 'add-partitions'; readonly topic: string; readonly from: number; readonly to: number }
  | { readonly kind: 'set'; readonly topic: string; readonly settings: readonly SettingChange[] }
  /** Not ours to do: moving copies between brokers is the operator's work. */
  | { readonly kind: 'wrong-replication'; readonly topic: string; readonly is: number; readonly shouldBe: number };

export interface SettingChange {
  readonly name: string;
  readonly is: string | null;
  readonly shouldBe: string;
}

/** What would make the broker's topics as they should be. More partitions than asked for are the operator's choice, and stay. */
export function diffTopics(desired: readonly DesiredTopic[], actual: readonly ActualTopic[]): readonly TopicChange[] {
  const byName = new Map(actual.map((topic) => [topic.topic, topic]));
  return desired.flatMap((wanted) => {
    const found = byName.get(wanted.topic);
    return found ? changes(wanted, found) : [{ kind: 'create' as const, topic: wanted.topic, desired: wanted }];
  });
}

/** Asked for more copies in sync than it has, a topic would refuse every write: that waits until the copies are there. */
const MIN_IN_SYNC = 'min.insync.replicas';

function changes(wanted: DesiredTopic, found: ActualTopic): TopicChange[] {
  const { topic } = wanted;
  const settings = Object.entries(wanted.settings)
    .map(([name, shouldBe]) => ({ name, is: found.settings[name] ?? null, shouldBe }))
    .filter(({ is, shouldBe }) => is !== shouldBe)
    .filter(({ name, shouldBe }) => name !== MIN_IN_SYNC || Number(shouldBe) <= found.replication);
  return [
    ...(found.partitions < wanted.partitions
      ? [{ kind: 'add-partitions' as const, topic, from: found.partitions, to: wanted.partitions }]
      : []),
    ...(settings.length > 0 ? [{ kind: 'set' as const, topic, settings }] : []),
    ...(found.replication !== wanted.replication
      ? [{ kind: 'wrong-replication' as const, topic, is: found.replication, shouldBe: wanted.replication }]
      : []),
  ];
}

/** One line a person can act on. */
export function describeChange(change: TopicChange): string {
  switch (change.kind) {
    case 'create':
      return `create ${change.topic}: ${change.desired.partitions} partitions, ${change.desired.replication} copies, ${pairs(change.desired.settings)}`;
    case 'add-partitions':
      return (
        `raise ${change.topic} from ${change.from} to ${change.to} partitions: a key may move to another partition, so for records ` +
        `already written order holds only within the old one. Apply it while no handoff is open, if you can.`
      );
    case 'set':
      return `set on ${change.topic}: ${change.settings.map(({ name, is, shouldBe }) => `${name} ${is ?? 'unset'} → ${shouldBe}`).join(', ')}`;
    case 'wrong-replication':
      return (
        `${change.topic} has ${change.is} copies and should have ${change.shouldBe}: move them with kafka-reassign-partitions, ` +
        `or set TOPIC_REPLICATION=${change.is}`
      );
  }
}

const pairs = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
