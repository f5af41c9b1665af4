import { describe, expect, it } from '@jest/globals';
import { hours, type HandoffAccepted, type JsonObject } from '@handoff/contracts';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { applyDecision } from './apply-decision.js';
import { aBoard, aBreach, aDecision, anAccepted, aPolicy, at, eventsOf, idOf, NOW } from './builders.for-spec.js';
import type { Board } from './board.js';

const first = anAccepted('first');
const rejection = aDecision(first, 'reject');

/** Some seconds after the rejection, on a board that is loaded anew. */
function rejected(seconds = 60): Board {
  const board = aBoard();
  accept(board, first);
  applyDecision(board, rejection);
  return aBoard(aPolicy(), board, new Date(NOW.getTime() + seconds * 1000));
}

function again(packet: JsonObject = {}, over: Partial<HandoffAccepted> = {}): HandoffAccepted {
  return anAccepted('again', packet, { accepted_at: at(120), ...over });
}

describe('what was rejected and is asked again', () => {
  it('gets that answer as its first word, and nobody is asked', () => {
    const board = rejected();
    accept(board, again({ urgency: 'low', reason_for_escalation: 'Please, once more.' }));
    const end = { type: 'duplicate', repeats: rejection.decision_id };
    expect(eventsOf(board)).toMatchObject([{ event: 'end', sequence: 1, page: false, duplicate_of: idOf('first'), end }]);
    expect(board.find(idOf('again'))).toMatchObject({ state: 'ending' });
  });

  it('gets that answer where the rejection came before its handoff, as after a restore, and of which nothing is said', () => {
    const board = aBoard();
    applyDecision(board, rejection);
    accept(board, first);
    expect(eventsOf(board)).toEqual([]);
    expect(board.find(idOf('first'))).toMatchObject({ state: 'ended' });
    accept(board, again());
    expect(eventsOf(board)).toMatchObject([{ event: 'end', end: { repeats: rejection.decision_id } }]);
  });

  it('is not moved by a clock, and says its end again where that did not arrive', () => {
    const board = rejected();
    accept(board, again());
    applyClock(board, aBreach('again', 1));
    applyClock(board, aBreach('again', 1, 1, { event: 'unrouted', clock: 'route_by' }));
    expect(eventsOf(board).map(({ event, sequence }) => [event, sequence])).toEqual([
      ['end', 1],
      ['end', 2],
    ]);
  });

  it.each([
    ['with a step more', again({ steps_completed: ['asked the customer'] })],
    ['in another state', again({ current_state: 'The customer has sent the receipt.' })],
    ['with other arguments', again({ recommended_action: { kind: 'tool_call', name: 'refund', args: { order: '4712' } } })],
    ['for another task', again({ task_id: 'task-2' })],
    ['by another agent', again({}, { agent_id: 'claims' as HandoffAccepted['agent_id'] })],
    ['by a release of intake that gave no digest', again({}, { ask_digest: null })],
  ])('goes to a person %s', (_, other) => {
    const board = rejected();
    accept(board, other);
    expect(eventsOf(board)).toMatchObject([{ event: 'asked', page: true }]);
  });

  it('goes to a person once the rejection no longer stands', () => {
    const board = rejected(60 + hours(24));
    accept(board, again());
    expect(eventsOf(board)).toMatchObject([{ event: 'asked', page: true }]);
  });

  it('goes to a person where nothing was recommended', () => {
    const nothing = { recommended_action: { kind: 'none', name: '', args: {} } };
    const [silent, board] = [anAccepted('silent', nothing), aBoard()];
    accept(board, silent);
    applyDecision(board, aDecision(silent, 'reject'));
    accept(board, again(nothing));
    expect(eventsOf(board, 'again')).toMatchObject([{ event: 'asked', page: true }]);
  });

  it('goes to a person where the rejection was about an earlier packet version', () => {
    const board = aBoard();
    accept(board, first);
    accept(board, anAccepted('first', { current_state: 'Worse.' }, { event: 'updated', sequence: 2, packet_version: 2 }));
    applyDecision(board, rejection);
    accept(board, again({ current_state: 'Worse.' }));
    expect(eventsOf(board, 'again')).toMatchObject([{ event: 'asked', page: true }]);
  });
});
