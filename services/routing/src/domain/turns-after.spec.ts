import type { HandoffRouted } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import type { Assignment } from './assignment.js';
import { turnsAfter } from './turns-after.js';

const now = new Date('2026-11-28T10:15:00Z');
const begun = new Date('2026-11-28T10:00:00Z');
const routed = (sequence: number, level: number, cycle = 1) =>
  ({
    sequence,
    cycle,
    level: { number: level, name: `level ${level}`, of: 3 },
    asked: ['ana'],
    why: 'So it is.',
  }) as unknown as HandoffRouted;
const assignment = (of: HandoffRouted, askedAt: Date | null) => ({ routed: of, askedAt, turns: null }) as unknown as Assignment;

describe('a turn', () => {
  it('begins with the first word', () => {
    expect(turnsAfter(assignment(routed(0, 1), null), routed(1, 1), now)).toEqual({ askedAt: now, turns: null });
  });

  it('goes on while the same is said again', () => {
    expect(turnsAfter(assignment(routed(1, 1), begun), routed(2, 1), now)).toEqual({ askedAt: begun, turns: null });
  });

  it.each([
    ['another level', routed(2, 2)],
    ['another cycle', routed(2, 1, 2)],
  ])('is over with %s', (_, next) => {
    expect(turnsAfter(assignment(routed(1, 1), begun), next, now)).toEqual({
      askedAt: now,
      turns: [{ level: 1, name: 'level 1', cycle: 1, asked: ['ana'], why: 'So it is.', at: begun }],
    });
  });
});
