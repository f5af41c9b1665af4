import { describe, expect, it } from '@jest/globals';
import type { HandoffRouted } from '@handoff/contracts';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { applyDecision } from './apply-decision.js';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { aBoard, aBreach, aDecision, anAccepted, aPolicy, at, eventsOf } from './builders.for-spec.js';
import { recallSaid } from './recall.js';

const accepted = anAccepted('a');
const assignmentIn = (board: Board): Assignment => {
  const found = board.find(accepted.handoff_id);
  if (!found) throw new Error('It is not on the board.');
  return found;
};

/** What was said of a handoff that two levels let pass: the first word, and one for each level after it. */
function saidOfThree(): readonly HandoffRouted[] {
  const board = aBoard();
  accept(board, accepted);
  for (const level of [1, 2]) applyClock(board, aBreach('a', level));
  return eventsOf(board);
}

/** As it begins where all of that was said before the schema was restored. */
function begunAgain(): Board {
  const board = aBoard(aPolicy(['leads', 'managers'])); // another policy would ask others by now
  for (const event of saidOfThree()) board.hold({ kind: 'said', tenant: event.tenant, handoffId: event.handoff_id, event });
  accept(board, accepted);
  return board;
}

describe('a handoff that was forgotten whole', () => {
  it('begins where it was, with every turn that it had, and says nothing', () => {
    const board = begunAgain();
    const { routed, turns, state } = assignmentIn(board);
    expect(routed).toEqual(saidOfThree().at(-1));
    expect(turns?.map(({ level }) => level)).toEqual([1, 2]);
    expect([state, board.said, board.toHold()]).toEqual(['open', [], []]);
  });

  it('is moved by nothing that had moved it, and goes on by what is new', () => {
    const board = begunAgain();
    for (const level of [1, 2]) applyClock(board, aBreach('a', level));
    expect(board.said).toEqual([]);
    applyClock(board, aBreach('a', 3));
    expect(eventsOf(board)).toMatchObject([{ sequence: 4 }]);
  });

  it('has ended where its decision is read before it', () => {
    const board = aBoard();
    for (const event of saidOfThree()) board.hold({ kind: 'said', tenant: event.tenant, handoffId: event.handoff_id, event });
    applyDecision(board, aDecision(accepted, 'reject'));
    accept(board, accepted);
    expect(assignmentIn(board)).toMatchObject({ state: 'ended', routed: { sequence: 3 }, rejectedAt: new Date(at(60)) });
    expect(board.said).toEqual([]);
  });
});

describe('a handoff that is known', () => {
  it('is as its newest word left it, whatever is read after that', () => {
    const board = aBoard();
    accept(board, accepted);
    const [first, second, third] = saidOfThree();
    if (!first || !second || !third) throw new Error('Less was said.');
    const recalled = recallSaid(assignmentIn(board), third);
    expect(recalled).toMatchObject({ routed: third, state: 'open' });
    expect([first, second, third].map((it) => recalled && recallSaid(recalled, it))).toEqual([null, null, null]);
    expect(recallSaid(assignmentIn(board), { ...third, event: 'end' })?.state).toBe('ending');
  });

  it('stays ended', () => {
    const board = aBoard();
    accept(board, accepted);
    applyDecision(board, aDecision(accepted, 'approve'));
    expect(saidOfThree().map((it) => recallSaid(assignmentIn(board), it))).toEqual([null, null, null]);
  });
});
