import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@handoff/contracts';
import { desiredTopics, layoutFor, type DesiredTopic } from './desired-topics.js';
import { describeChange, diffTopics, type ActualTopic } from './diff-topics.js';

const alone = { partitions: null, factor: 1, minInSync: 1 };
const desired = desiredTopics(TOPICS, 'acme.', alone);
const asTheyShouldBe: readonly ActualTopic[] = desired.map((topic) => ({ ...topic }));

describe('the topics that should be there', () => {
  it('are every contract topic and its dead letters, under the prefix', () => {
    expect(desired).toHaveLength(TOPICS.length * 2);
    expect(desired.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['acme.handoff.escalations', 'acme.handoff.escalations-dlt']));
  });

  it('keep the newest record of each key for good where the contract names no retention', () => {
    expect(find(desired, 'acme.handoff.directory').settings).toEqual({
      'cleanup.policy': 'compact',
      'max.message.bytes': '1048576',
      'min.insync.replicas': '1',
    });
  });

  it('keep dead letters at least 30 days, with room for the headers that explain them', () => {
    expect(find(desired, 'acme.handoff.accepted-dlt').settings).toMatchObject({
      'retention.ms': String(30 * 86_400_000),
      'max.message.bytes': String(1048576 + 65536),
    });
  });

  it('have three copies, two of them in sync, where there are three brokers', () => {
    expect(layoutFor(3, {})).toEqual({ partitions: null, factor: 3, minInSync: 2 });
    expect(layoutFor(2, {})).toEqual(alone);
    expect(layoutFor(5, { TOPIC_REPLICATION: '4', TOPIC_MIN_INSYNC_REPLICAS: '3' })).toEqual({ partitions: null, factor: 4, minInSync: 3 });
  });

  it('have as many partitions as the installation sets, but for dead letters', () => {
    const wide = desiredTopics(TOPICS, 'acme.', layoutFor(1, { TOPIC_PARTITIONS: '12' }));
    expect([find(wide, 'acme.handoff.accepted').partitions, find(wide, 'acme.handoff.accepted-dlt').partitions]).toEqual([12, 1]);
  });

  it('refuse a replication that cannot be', () => {
    expect(() => layoutFor(3, { TOPIC_REPLICATION: 'three' })).toThrow('TOPIC_REPLICATION is "three"');
    expect(() => layoutFor(1, { TOPIC_MIN_INSYNC_REPLICAS: '2' })).toThrow('more than the 1 copies');
  });
});

describe('the difference to what is there', () => {
  it('is nothing when all is as it should be', () => {
    expect(diffTopics(desired, asTheyShouldBe)).toEqual([]);
  });

  it('is a topic to create where there is none', () => {
    expect(diffTopics(desired, asTheyShouldBe.slice(1))).toMatchObject([{ kind: 'create', topic: 'acme.handoff.escalations' }]);
  });

  it('names a setting that is not as it should be, and leaves the operator’s own alone', () => {
    const changed = change('acme.handoff.accepted', (t) => ({
      ...t,
      settings: { ...t.settings, 'retention.ms': '1', 'compression.type': 'zstd' },
    }));
    expect(diffTopics(desired, changed).map(describeChange)).toEqual(['set on acme.handoff.accepted: retention.ms 1 → 604800000']);
  });

  it('says what adding partitions does to order', () => {
    const fewer = change('acme.handoff.accepted', (t) => ({ ...t, partitions: 2 }));
    expect(diffTopics(desired, fewer).map(describeChange).join()).toContain('from 2 to 3 partitions: a key may move');
  });

  it('lets an operator have more partitions than asked for', () => {
    expect(
      diffTopics(
        desired,
        change('acme.handoff.accepted', (t) => ({ ...t, partitions: 12 })),
      ),
    ).toEqual([]);
  });

  it('does not ask for more copies in sync than there are, which would stop every write', () => {
    const three = desiredTopics(TOPICS, 'acme.', { ...alone, factor: 3, minInSync: 2 });
    expect(new Set(diffTopics(three, asTheyShouldBe).map(({ kind }) => kind))).toEqual(new Set(['wrong-replication']));
  });

  it('reports copies that are missing, which only the operator can move', () => {
    const three = desiredTopics(TOPICS, 'acme.', { ...alone, factor: 3, minInSync: 1 });
    expect(diffTopics(three, asTheyShouldBe)).toHaveLength(three.length);
    expect(diffTopics(three, asTheyShouldBe)[0]).toMatchObject({ kind: 'wrong-replication', is: 1, shouldBe: 3 });
  });
});

function change(topic: string, edit: (topic: ActualTopic) => ActualTopic): readonly ActualTopic[] {
  return asTheyShouldBe.map((actual) => (actual.topic === topic ? edit(actual) : actual));
}

function find(topics: readonly DesiredTopic[], name: string): DesiredTopic {
  const found = topics.find(({ topic }) => topic === name);
  if (!found) throw new Error(`No topic ${name}`);
  return found;
}
