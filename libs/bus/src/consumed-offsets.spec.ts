import { describe, expect, it } from '@jest/globals';
import { standingOf } from './consumed-offsets.js';

const fetched = (fetchedFrom: bigint, highWatermark = 100n) => ({ topic: 'handoff.accepted', partition: 0, fetchedFrom, highWatermark });

describe('a fetch, against the offset that the schema has', () => {
  it.each([
    ['goes on where it ended', fetched(10n), 10n, { kind: 'current', next: 10n }],
    ['begins below it, and what is known is passed over', fetched(5n), 10n, { kind: 'current', next: 10n }],
    ['begins above it: the schema was restored, and nothing may be left out', fetched(50n), 10n, { kind: 'behind', next: 10n }],
    ['is the first of this group', fetched(0n), null, { kind: 'current', next: 0n }],
    ['begins above nothing at all: the schema was emptied', fetched(50n), null, { kind: 'behind', next: 0n }],
    ['is of a topic that ends before it: the topic is a new one', fetched(0n, 3n), 10n, { kind: 'recreated', next: 10n }],
    ['is at the end with nothing new', fetched(100n), 100n, { kind: 'current', next: 100n }],
  ] as const)('%s', (_, partition, next, standing) => {
    expect(standingOf(partition, next)).toEqual(standing);
  });
});
