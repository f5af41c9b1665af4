import { describe, expect, it } from '@jest/globals';
import { DECISION_TYPES, POLICY_ENDS } from '@handoff/contracts';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { applyDecision } from './apply-decision.js';
import { aBoard, aBreach, aDecision, anAccepted, eventsOf, idOf } from './builders.for-spec.js';
import type { Board } from './board.js';

const first = anAccepted('first');
const second = anAccepted('second', {}, { accepted_at: '2026-03-01T12:00:01Z' });
const third = anAccepted('third', {}, { accepted_at: '2026-03-01T12:00:02Z' });

function threeOfATask(): Board {
  const board = aBoard();
  for (const it of [first, second, third]) accept(board, it);
  return board;
}

describe('a decision', () => {
  it('ends the handoff for good: no breach, update or second decision says anything more', () => {
    const board = aBoard();
    accept(board, first);
    applyDecision(board, aDecision(first, 'approve'));
    applyClock(board, aBreach('first', 1));
    accept(board, { ...first, event: 'updated', sequence: 2, packet_version: 2 });
    applyDecision(board, aDecision(first, 'withdrawn'));
    expect(eventsOf(board)).toHaveLength(1);
    expect(board.find(idOf('first'))).toMatchObject({ state: 'ended', packetVersion: 1 });
  });

  it.each([...DECISION_TYPES, ...POLICY_ENDS])('by a person or by the policy (%s) is the answer to its duplicates too', (type) => {
    const board = threeOfATask();
    const decision = aDecision(first, type);
    applyDecision(board, decision);
    for (const name of ['second', 'third'])
      expect(eventsOf(board, name).at(-1)).toMatchObject({ event: 'end', end: { type: 'duplicate', repeats: decision.decision_id } });
  });

  it('on a duplicate is the answer to its first and the others: the same action is not asked for once more', () => {
    const board = threeOfATask();
    applyDecision(board, aDecision(second, 'approve'));
    for (const name of ['first', 'third']) expect(eventsOf(board, name).at(-1)).toMatchObject({ event: 'end', end: { type: 'duplicate' } });
    expect(eventsOf(board, 'second')).toHaveLength(1);
  });

  it('leaves another question of the task alone', () => {
    const board = aBoard();
    accept(board, first);
    accept(board, anAccepted('other', { recommended_action: { kind: 'tool_call', name: 'close', args: {} } }));
    applyDecision(board, aDecision(first, 'approve'));
    expect(eventsOf(board, 'other')).toHaveLength(1);
  });

  it.each(['withdrawn', 'expired', 'superseded'] as const)(
    'without a person (%s) makes the oldest duplicate page, and the others follow it',
    (type) => {
      const board = threeOfATask();
      applyClock(board, aBreach('first', 1));
      applyDecision(board, aDecision(first, type));
      expect(eventsOf(board, 'second').at(-1)).toMatchObject({ event: 'asked', page: true, duplicate_of: null, level: { number: 2 } });
      expect(eventsOf(board, 'third').at(-1)).toMatchObject({ page: false, duplicate_of: idOf('second'), related: [idOf('second')] });
      applyClock(board, aBreach('second', 2));
      expect(eventsOf(board, 'third').at(-1)).toMatchObject({ level: { number: 3 }, page: false });
    },
  );

  it('that repeats an earlier one is nobody’s: it answers no duplicates and is not remembered as a rejection', () => {
    const board = aBoard();
    accept(board, first);
    applyDecision(board, { ...aDecision(first, 'reject'), repeats: aDecision(third, 'reject').decision_id });
    expect(board.find(idOf('first'))).toMatchObject({ state: 'ended', rejectionId: null });
    accept(board, second);
    expect(eventsOf(board, 'second')).toMatchObject([{ event: 'asked', page: true }]);
  });

  it('absorbs an end that was asked for, whoever was first', () => {
    const board = aBoard();
    accept(board, first);
    accept(board, { ...first, event: 'withdrawal_asked', sequence: 2, withdrawal: { reason: 'Done.', asked_at: '2026-03-01T12:00:05Z' } });
    applyDecision(board, aDecision(first, 'approve'));
    expect(board.find(idOf('first'))).toMatchObject({ state: 'ended' });
    expect(eventsOf(board)).toHaveLength(2);
  });
});
