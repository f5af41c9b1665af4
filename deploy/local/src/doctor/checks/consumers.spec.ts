import { describe, expect, it } from '@jest/globals';
import { aKafka, seen, whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { consumers } from './consumers.js';

const position = { topic: 'handoff.accepted', partition: 1, end: 40n, next: 30n, nextLater: 30n };
const group = { group: 'handoff-routing', service: 'routing', state: 'Stable', members: 1, positions: [position] } as const;
const judge = (...groups: readonly { readonly members: number }[]) =>
  consumers.judge(whatIsSeen({ kafka: seen(aKafka({ groups: groups as (typeof group)[] })) }));

describe('consumers', () => {
  it('page where records wait on a partition and none of them is taken', () => {
    expect(judge(group)).toMatchObject([
      {
        ...{ severity: 'page', part: 'handoff.accepted, partition 1', runbook: 'handoff-consumer-behind' },
        figures: { lag: 10, offset: '30', watched_seconds: 3 },
      },
    ]);
  });

  it('are well where they take some, or there is nothing to take', () => {
    expect(judge({ ...group, positions: [{ ...position, nextLater: 31n }] } as never)).toEqual([]);
    expect(judge({ ...group, positions: [{ ...position, next: 40n, nextLater: 40n }] } as never)).toEqual([]);
  });

  it('stand still by what they told Kafka only where they say themselves that they are behind', () => {
    const kafka = seen(aKafka({ isExact: false, groups: [group] }));
    const oldest = (age: number) => withMetrics('routing', `handoff_oldest_unprocessed_seconds{topic="handoff.accepted"} ${age}`);
    expect(consumers.judge(whatIsSeen({ kafka, ...oldest(4) }))).toEqual([]);
    expect(consumers.judge(whatIsSeen({ kafka, ...oldest(14) }))).toMatchObject([{ part: 'handoff.accepted, partition 1' }]);
  });

  it('page where nobody is in the group', () => {
    expect(judge({ ...group, members: 0 })).toMatchObject([{ part: 'group handoff-routing', figures: { members: 0, lag: 10 } }]);
  });

  it('page where the oldest record is more than a minute old', () => {
    const metrics = 'handoff_oldest_unprocessed_seconds{service="routing",topic="handoff.accepted",group="g"} 75.4';
    expect(consumers.judge(whatIsSeen(withMetrics('routing', metrics)))).toMatchObject([
      { part: 'routing', figures: { topic: 'handoff.accepted', oldest_seconds: 75 } },
    ]);
  });
});
