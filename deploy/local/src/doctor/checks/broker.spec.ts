import { describe, expect, it } from '@jest/globals';
import { aKafka, seen, unseen, whatIsSeen } from '../seen.for-spec.js';
import { broker } from './broker.js';

const judge = (over: Parameters<typeof aKafka>[0]) => broker.judge(whatIsSeen({ kafka: seen(aKafka(over)) }));
const partition = { topic: 'handoff.routed', partition: 2, hasLeader: true, replicas: 3, inSync: 3 };

describe('the broker', () => {
  it('is well where it is led, every copy is in sync, and it makes no topics by accident', () => {
    expect(judge({})).toEqual([]);
  });

  it('pages where it does not answer', () => {
    expect(broker.judge(whatIsSeen({ kafka: unseen('no answer within 13 s') }))).toMatchObject([
      { severity: 'page', part: 'kafka', saw: 'Kafka could not be looked at: no answer within 13 s.', runbook: 'handoff-broker' },
    ]);
  });

  it.each([
    ['without a controller', { controller: null }, 'page', 'is the controller'],
    ['with a partition that nobody leads', { partitions: [{ ...partition, hasLeader: false }] }, 'page', 'handoff.routed/2'],
    ['with a copy that is behind', { partitions: [{ ...partition, inSync: 2 }] }, 'ticket', 'handoff.routed/2'],
    ['that makes topics that anybody names', { createsTopics: true }, 'ticket', 'auto.create.topics.enable'],
  ])('is not well %s', (_, over, severity, saw) => {
    expect(judge(over)).toMatchObject([{ severity, saw: expect.stringContaining(saw) }]);
  });
});
