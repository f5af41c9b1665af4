import { describe, expect, it } from '@jest/globals';
import type { HandoffId } from '@handoff/contracts';
import { firingOf, outOfTurn, type Fired } from './lateness.js';

const fired = (id: string, dueAt: number, firedAt: number, seenAt = firedAt + 5): Fired => ({
  ...{ handoffId: id as HandoffId, dueAt, firedAt, seenAt },
});
const ids = (...names: readonly string[]): ReadonlySet<HandoffId> => new Set(names as HandoffId[]);

describe('what fired of what was due', () => {
  it('is late by when it was read, and by its own word', () => {
    expect(firingOf(ids('a', 'b', 'c'), [fired('a', 0, 10), fired('b', 100, 130), fired('z', 0, 999)])).toEqual({
      ...{ due: 3, fired: 2, fired_twice: 0 },
      lateness_ms: { p50: 15, p99: 35, max: 35 },
      lateness_to_fired_ms: { p50: 10, p99: 30, max: 30 },
    });
  });

  it('is counted twice where it came twice, and late by the first', () => {
    expect(firingOf(ids('a'), [fired('a', 0, 10), fired('a', 0, 50)])).toMatchObject({
      fired: 1,
      fired_twice: 1,
      lateness_ms: { max: 15 },
    });
  });

  it('is out of turn where one that was due later fired first', () => {
    expect(outOfTurn([fired('a', 1, 10), fired('b', 2, 10), fired('c', 3, 20)])).toBe(0);
    expect(outOfTurn([fired('a', 1, 30), fired('b', 2, 10), fired('c', 3, 20)])).toBe(1);
  });
});
