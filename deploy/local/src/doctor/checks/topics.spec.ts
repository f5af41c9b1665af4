import { describe, expect, it } from '@jest/globals';
import { aKafka, seen, whatIsSeen } from '../seen.for-spec.js';
import { topics } from './topics.js';

const desired = { topic: 'handoff.routed', partitions: 3, replication: 1, settings: {} };

describe('topics', () => {
  it('page where one is missing, and are a ticket where one is different', () => {
    const changes = [
      { kind: 'create', topic: 'handoff.routed', desired } as const,
      { kind: 'set', topic: 'handoff.clock', settings: [{ name: 'max.message.bytes', is: '10', shouldBe: '20' }] } as const,
    ];
    expect(topics.judge(whatIsSeen({ kafka: seen(aKafka({ changes })) }))).toMatchObject([
      { severity: 'page', part: 'topic handoff.routed', saw: expect.stringContaining('missing') },
      { severity: 'ticket', part: 'topic handoff.clock', saw: expect.stringContaining('max.message.bytes 10 → 20') },
    ]);
  });
});
