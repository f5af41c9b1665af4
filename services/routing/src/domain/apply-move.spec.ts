import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, type Assignee, type DeskState, type HandoffMove, type PersonId } from '@handoff/contracts';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { applyMove } from './apply-move.js';
import type { Board } from './board.js';
import { aBoard, aBreach, anAccepted, aPolicy, at, eventsOf, idOf, NOW } from './builders.for-spec.js';

const MINUTE_1 = new Date(NOW.getTime() + 60_000);

function aMove(event: HandoffMove['event'], over: Partial<HandoffMove> = {}): HandoffMove {
  const common = {
    tenant: DEFAULT_TENANT,
    handoff_id: idOf('a'),
    sequence: 1,
    packet_version: 1,
    channel: 'desk',
    level: 1,
    cycle: 1,
  } as const;
  return { ...common, event, moved_by: 'ana' as PersonId, moved_at: at(60), ...over };
}
const toPerson = (id: string): { readonly to: Assignee } => ({ to: { kind: 'person', id: id as PersonId } });
const urgent = (urgency: DeskState['urgency']): Partial<HandoffMove> => ({
  desk: { acknowledged_by: null, deferred_until: null, open_question: null, votes: 0, holder: null, urgency },
});

/** One minute after `a`, and perhaps others of its task, were accepted. */
function aMinuteLater(urgency = 'high', others: readonly string[] = []): Board {
  const board = aBoard();
  for (const name of ['a', ...others]) accept(board, anAccepted(name, { urgency }));
  return aBoard(aPolicy(), board, MINUTE_1);
}

describe('a person who passes a handoff on', () => {
  it('to somebody has that one asked, who had it told, and the level’s time as it was', () => {
    const board = aMinuteLater();
    applyMove(board, aMove('reassign', { ...toPerson('chloe'), note: 'She knows him.' }));
    expect(eventsOf(board)).toMatchObject([
      {
        ...{ level: { number: 1 }, cycle: 2, team: 'support', asked: ['chloe'], given_to: ['chloe'], may_decide: ['support'], page: true },
        before: [{ level: 1, asked: ['ana', 'ben'], moved_because: 'ana gave it to chloe: She knows him.' }],
        ...{ decide_by: at(900), ack_by: at(60 + 300), why: 'ana gave it to chloe.' },
      },
    ]);
  });

  it('to a team has its members asked, who may decide from then on', () => {
    const board = aMinuteLater();
    applyMove(board, aMove('reassign', { to: { kind: 'team', id: 'managers' as PersonId } }));
    expect(eventsOf(board)).toMatchObject([
      { team: 'managers', asked: ['chloe'], may_decide: ['support', 'managers'], level: { number: 1 } },
    ]);
  });

  it('to the next level has it asked at once, with a window that starts now', () => {
    const board = aMinuteLater();
    applyMove(board, aMove('escalate', { note: 'Beyond me.' }));
    expect(eventsOf(board)).toMatchObject([
      {
        ...{ level: { number: 2 }, cycle: 1, asked: ['ben'], decide_by: at(60 + 900), why: 'ana passed it on, so leads is next.' },
        before: [{ level: 1, moved_because: 'ana passed it on: Beyond me.' }],
      },
    ]);
  });

  it('twice, or after a breach did, passes it on once', () => {
    const board = aMinuteLater();
    applyMove(board, aMove('escalate'));
    applyMove(board, aMove('escalate', { sequence: 2 }));
    applyClock(board, aBreach('a', 1));
    applyMove(board, aMove('reassign', { sequence: 3, ...toPerson('chloe') }));
    expect(eventsOf(board).map(({ level, cycle }) => [level.number, cycle])).toEqual([[2, 1]]);
  });

  it('takes its duplicates along', () => {
    const board = aMinuteLater('high', ['b']);
    applyMove(board, aMove('reassign', toPerson('chloe')));
    expect(eventsOf(board, 'b')).toMatchObject([{ duplicate_of: idOf('a'), asked: ['chloe'], given_to: ['chloe'], page: false }]);
  });

  it('does not bring "unattended" any nearer', () => {
    const rules = [{ id: 'default', match: {}, levels: [{ name: 'One', target: { team: 'support' }, repeat: 1 }] }];
    const board = aBoard(aPolicy([], { rules }));
    accept(board, anAccepted('a'));
    applyMove(board, aMove('reassign', toPerson('chloe')));
    for (const cycle of [2, 3]) applyClock(board, aBreach('a', 1, cycle));
    expect(eventsOf(board).map(({ unattended }) => unattended)).toEqual([false, false, false, true]);
  });

  it('before the handoff is here is heard when it comes', () => {
    const board = aBoard();
    applyMove(board, aMove('escalate'));
    expect(board.toHold()).toMatchObject([{ kind: 'move' }]);
    accept(board, anAccepted('a'));
    expect(eventsOf(board).map(({ level }) => level.number)).toEqual([1, 2]);
  });
});

describe('another urgency', () => {
  it('has the SLA of its class, from acceptance as ever', () => {
    const board = aMinuteLater('low');
    applyMove(board, aMove('set_urgency', urgent('high')));
    expect(eventsOf(board)).toMatchObject([
      { sla: { class: 'critical', due_at: at(900) }, decide_by: at(900), cycle: 1, why: 'ana made it high.' },
    ]);
  });

  it('that comes when its window would be over gives one from now on', () => {
    const board = aBoard(aPolicy(), aMinuteLater('low'), new Date(NOW.getTime() + 3_600_000));
    accept(board, anAccepted('a', { urgency: 'low' }));
    applyMove(board, aMove('set_urgency', urgent('high')));
    expect(eventsOf(board).at(-1)).toMatchObject({ sla: { due_at: at(900) }, decide_by: at(3600 + 900) });
  });

  it('of the same class changes nobody’s turn', () => {
    const board = aMinuteLater('low');
    applyMove(board, aMove('set_urgency', urgent('medium')));
    expect(eventsOf(board)).toEqual([]);
    expect(board.find(idOf('a'))).toMatchObject({ urgency: 'medium' });
  });
});

describe('a level that waits for the agent', () => {
  it('has until later, and so have the duplicates that wait with it', () => {
    const board = aMinuteLater('high', ['b']);
    accept(board, anAccepted('b', { urgency: 'high' }));
    applyClock(board, aBreach('a', 1, 1, { event: 'paused', clock: 'info_by', due_at: at(660), fired_at: at(60) }));
    expect(eventsOf(board, 'b')).toMatchObject([{ decide_by: at(900 + 600) }]);
    applyClock(board, aBreach('a', 1, 1, { event: 'resumed', clock: 'info_by', due_at: at(1000), info_by: at(660), fired_at: at(160) }));
    expect(board.find(idOf('a'))?.routed).toMatchObject({ ack_by: at(300 + 100), decide_by: at(1000) });
    expect(eventsOf(board, 'b').at(-1)).toMatchObject({ decide_by: at(1000) });
    applyClock(board, aBreach('a', 1));
    expect(eventsOf(board, 'a')).toMatchObject([{ level: { number: 2 } }]);
  });
});

describe('somebody who lets a handoff go', () => {
  const oneOf = (...members: readonly string[]) => {
    const levels = [
      { name: 'One', target: { team: 'support', ask: 1 } },
      { name: 'Two', target: { team: 'managers' } },
    ];
    const teams = [
      { id: 'support', name: 'Support', members },
      { id: 'managers', name: 'Managers', members: ['chloe'] },
    ];
    const board = aBoard(aPolicy([], { rules: [{ id: 'default', match: {}, levels }], teams }));
    accept(board, anAccepted('a'));
    return board;
  };

  it('has the next of those on duty asked, in the time that is left', () => {
    const board = oneOf('ana', 'ben');
    applyMove(board, aMove('release'));
    expect(eventsOf(board)).toMatchObject([
      { asked: ['ana'], cycle: 1 },
      { asked: ['ben'], cycle: 2, level: { number: 1 }, decide_by: at(900), before: [{ level: 1, asked: ['ana'] }] },
    ]);
  });

  it('keeps it where nobody else is on duty, or where it was never asked of that one', () => {
    const alone = oneOf('ana');
    applyMove(alone, aMove('release'));
    const another = oneOf('ana', 'ben');
    applyMove(another, aMove('release', { moved_by: 'ben' as PersonId }));
    expect([...eventsOf(alone), ...eventsOf(another)]).toHaveLength(2);
  });
});
