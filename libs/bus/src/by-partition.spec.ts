import { describe, expect, it } from '@jest/globals';
import { shareOut } from './by-partition.js';

const PARTITIONS = { 'handoff.accepted': [0, 1, 2], 'handoff.routed': [2, 0, 1] };

describe('partitions of a group', () => {
  it('go to one member by their number, whichever topic they are of', () => {
    expect([...shareOut(['b', 'a'], PARTITIONS)]).toEqual([
      ['a', { 'handoff.accepted': [0, 2], 'handoff.routed': [2, 0] }],
      ['b', { 'handoff.accepted': [1], 'handoff.routed': [1] }],
    ]);
  });

  it('are each read by one member, however many there are', () => {
    const members = ['a', 'b', 'c', 'd', 'e'];
    const shares = [...shareOut(members, PARTITIONS)];
    expect(shares.map(([member]) => member)).toEqual(members);
    for (const topic of ['handoff.accepted', 'handoff.routed'])
      expect(shares.flatMap(([, share]) => share[topic] ?? []).toSorted()).toEqual([0, 1, 2]);
    expect(shares.at(-1)).toEqual(['e', {}]);
  });
});
