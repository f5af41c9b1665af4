import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accept } from './accept.js';
import { applyClock, concernsRouting } from './apply-clock.js';
import { aBoard, aBreach, anAccepted, aPolicy, at, eventsOf, idOf, NOW } from './builders.for-spec.js';
import type { Board } from './board.js';

function accepted(board: Board): Board {
  accept(board, anAccepted('a'));
  return board;
}

describe('a breach', () => {
  it('moves the handoff on, with a window that starts now, and tells who had it', () => {
    const later = new Date(NOW.getTime() + 901_000);
    const board = aBoard(aPolicy(), accepted(aBoard()), later);
    applyClock(board, aBreach('a', 1));
    expect(eventsOf(board)).toMatchObject([
      {
        ...{ sequence: 2, level: { number: 2, of: 3 }, cycle: 1, asked: ['ben'], may_decide: ['support', 'leads'], page: true },
        before: [{ level: 1, asked: ['ana', 'ben'], moved_because: `No decision by ${at(900)}.` }],
        ...{ decide_by: at(901 + 900), ack_by: at(901 + 300), sla: { due_at: at(900) } },
      },
    ]);
  });

  it('of an earlier level or cycle changes nothing', () => {
    const board = accepted(aBoard(aPolicy(['support', 'leads'])));
    for (const breach of [aBreach('a', 1), aBreach('a', 1), aBreach('a', 2, 2), aBreach('a', 3)]) applyClock(board, breach);
    expect(eventsOf(board).map(({ level }) => level.number)).toEqual([1, 2]);
  });

  it('passes over a level without people, and says so', () => {
    const board = accepted(aBoard(aPolicy(['support', 'nobody', 'managers'])));
    applyClock(board, aBreach('a', 1));
    expect(eventsOf(board).at(-1)).toMatchObject({ level: { number: 3 }, skipped: ['Level of nobody'], asked: ['chloe'] });
  });

  it('of the last level asks it again, unattended, with its window anew and its history as it was', () => {
    const board = accepted(aBoard(aPolicy(['support', 'leads'])));
    for (const breach of [aBreach('a', 1), aBreach('a', 2), aBreach('a', 2, 2)]) applyClock(board, breach);
    expect(eventsOf(board).slice(2)).toMatchObject([
      { level: { number: 2 }, cycle: 2, unattended: true, asked: ['ben'], before: [{ level: 1 }], decide_by: at(900) },
      { level: { number: 2 }, cycle: 3, unattended: true, before: [{ level: 1 }] },
    ]);
    expect(eventsOf(board).at(-1)?.before).toHaveLength(1);
  });

  it('of the last level reports it unattended only after as many repeats as the policy wants', () => {
    const rules = [{ id: 'default', match: {}, levels: [{ name: 'One', target: { team: 'support' }, repeat: 2 }] }];
    const board = accepted(aBoard(aPolicy([], { rules })));
    for (const cycle of [1, 2, 3]) applyClock(board, aBreach('a', 1, cycle));
    expect(eventsOf(board).map(({ unattended }) => unattended)).toEqual([false, false, false, true]);
  });

  const endOf = (at_end: unknown): readonly unknown[] => {
    const rules = [{ id: 'default', match: {}, levels: [{ name: 'One', target: { team: 'support' }, repeat: 1 }], at_end }];
    const board = accepted(aBoard(aPolicy([], { rules })));
    for (const cycle of [1, 2, 3]) applyClock(board, aBreach('a', 1, cycle));
    return eventsOf(board).map(({ event, end }) => end?.type ?? event);
  };

  it('of the last level’s last repeat is the policy’s own end, where its rule has one', () => {
    expect(endOf('reject')).toEqual(['asked', 'asked', 'rejected_by_policy']);
    expect(endOf({ do: 'approve', actions: ['refund'] })).toEqual(['asked', 'asked', 'approved_by_policy']);
  });

  it('is held and paged again where the rule says nothing, or approves other actions than this one', () => {
    expect(endOf('hold_and_page')).toEqual(['asked', 'asked', 'asked', 'asked']);
    expect(endOf({ do: 'approve', actions: ['send_reminder'] })).toEqual(['asked', 'asked', 'asked', 'asked']);
  });

  it('takes the right to answer from a level that has passed, where the rule says so', () => {
    const levels = ['support', 'leads'].map((team) => ({ name: team, target: { team } }));
    const board = accepted(aBoard(aPolicy([], { rules: [{ id: 'default', match: {}, levels, earlier_may_answer: false }] })));
    applyClock(board, aBreach('a', 1));
    expect(eventsOf(board).map(({ may_decide: teams }) => teams)).toEqual([['support'], ['leads']]);
  });

  it('after an end moves nothing', () => {
    const board = accepted(aBoard());
    applyClock(board, aBreach('a', 1, 1, { event: 'lapsed', clock: 'expires_at' }));
    applyClock(board, aBreach('a', 1));
    expect(eventsOf(board).map(({ event }) => event)).toEqual(['asked', 'end']);
  });

  it('that arrives before its handoff takes effect when that arrives', () => {
    const board = aBoard();
    applyClock(board, aBreach('a', 1));
    expect(board.toHold()).toHaveLength(1);
    accept(board, anAccepted('a'));
    expect(eventsOf(board).map(({ level }) => level.number)).toEqual([1, 2]);
    expect(board.toHold()).toEqual([]);
  });

  it('moves through each level with people once, in order, whatever comes late or twice', () => {
    const team = fc.constantFrom('support', 'leads', 'managers', 'nobody');
    const clock = fc.record({ level: fc.integer({ min: 1, max: 6 }), cycle: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(fc.array(team, { minLength: 1, maxLength: 6 }), fc.array(clock, { maxLength: 60 }), (teams, clocks) => {
        const board = accepted(aBoard(aPolicy(teams)));
        for (const { level, cycle } of clocks) applyClock(board, aBreach('a', level, cycle));
        const steps = eventsOf(board);
        const asked = steps.filter(({ cycle }) => cycle === 1).map(({ level }) => level.number);
        const staffed = teams.flatMap((it, i) => (it === 'nobody' ? [] : [i + 1]));
        const expected = staffed.length > 0 ? staffed : [teams.length];
        expect(asked).toEqual(expected.slice(0, asked.length));
        expect(steps.map(({ sequence }) => sequence)).toEqual(steps.map((_, i) => i + 1));
      }),
    );
  });
});

describe('other clocks', () => {
  it('end the handoff when its packet expires', () => {
    const board = accepted(aBoard());
    applyClock(board, aBreach('a', 1, 1, { event: 'lapsed', clock: 'expires_at' }));
    expect(eventsOf(board).at(-1)).toMatchObject({ event: 'end', end: { type: 'expired' } });
  });

  it('make routing say again what did not arrive', () => {
    const board = accepted(aBoard());
    applyClock(board, aBreach('a', 0, 0, { event: 'unrouted', clock: 'route_by' }));
    const [first, again] = eventsOf(board);
    expect(again).toEqual({ ...first, sequence: 2 });
  });

  it('leave a task that is late with its agent', () => {
    expect(concernsRouting(aBreach('a', 1, 1, { clock: 'due_by' }))).toBe(false);
    expect(concernsRouting(aBreach('a', 1, 1))).toBe(true);
  });

  it('change nothing when they only warn, or when acknowledging is late', () => {
    const board = accepted(aBoard());
    applyClock(board, aBreach('a', 1, 1, { event: 'warning', share: 0.5 }));
    applyClock(board, aBreach('a', 1, 1, { event: 'lapsed', clock: 'ack_by' }));
    expect(eventsOf(board)).toHaveLength(1);
    expect(board.find(idOf('a'))).toMatchObject({ state: 'open' });
  });
});
