import { describe, expect, it } from '@jest/globals';
import { SeenEnds } from './seen-ends.js';

describe('the age of what was not taken yet', () => {
  it('runs from when its record was first seen, however many came after it', () => {
    const ends = new SeenEnds();
    expect(ends.since(5n, 5n, 1_000)).toBeNull();
    expect(ends.since(5n, 6n, 2_000)).toBe(2_000);
    expect(ends.since(5n, 90n, 3_000)).toBe(2_000);
  });

  it('is that of the next one once the oldest was taken', () => {
    const ends = new SeenEnds();
    ends.since(0n, 3n, 1_000);
    ends.since(0n, 8n, 2_000);
    expect(ends.since(4n, 9n, 3_000)).toBe(2_000);
    expect(ends.since(9n, 9n, 4_000)).toBeNull();
  });

  it('starts anew with a topic that was made anew', () => {
    const ends = new SeenEnds();
    ends.since(0n, 8n, 1_000);
    expect(ends.since(0n, 2n, 5_000)).toBe(5_000);
  });

  it('keeps the oldest however long it stands still', () => {
    const ends = new SeenEnds();
    for (let at = 1; at < 5_000; at++) ends.since(0n, BigInt(at), at);
    expect(ends.since(0n, 5_000n, 5_000)).toBe(1);
  });
});
