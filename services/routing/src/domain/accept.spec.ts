import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { applyDecision } from './apply-decision.js';
import { aBoard, aBreach, aDecision, anAccepted, aPolicy, at, eventsOf, idOf, NOW } from './builders.for-spec.js';

describe('a handoff that was accepted', () => {
  it('asks the first level of its rule, with a window that runs from acceptance', () => {
    const board = aBoard(aPolicy(), null, new Date(NOW.getTime() + 5000));
    accept(board, anAccepted('a'));
    expect(eventsOf(board)).toMatchObject([
      {
        ...{ event: 'asked', sequence: 1, level: { number: 1, name: 'Level of support', of: 3 }, cycle: 1, page: true, unattended: false },
        ...{ team: 'support', asked: ['ana', 'ben'], may_decide: ['support'], duplicate_of: null, related: [], end: null },
        ladder: [
          { channel: 'webhook', after_seconds: 0 },
          { channel: 'email', after_seconds: 0 },
        ],
        ...{ decide_by: at(900), ack_by: at(305), sla: { class: 'critical', due_at: at(900) }, routed_at: at(5) },
        policy: { id: 'test', version: 1, rule: 'default' },
      },
    ]);
  });

  it('has the class that the policy gives its urgency', () => {
    const board = aBoard();
    accept(board, anAccepted('a', { urgency: 'low' }));
    expect(eventsOf(board)).toMatchObject([{ sla: { class: 'normal', due_at: at(14_400) }, ack_by: at(3600), decide_by: at(14_400) }]);
  });

  it('passes over a level without people, and says so', () => {
    const board = aBoard(aPolicy(['nobody', 'leads']));
    accept(board, anAccepted('a'));
    const [routed] = eventsOf(board);
    expect(routed).toMatchObject({ level: { number: 2 }, asked: ['ben'], may_decide: ['nobody', 'leads'], skipped: ['Level of nobody'] });
    expect(routed?.why).toContain('nobody is on duty at Level of nobody');
  });

  it('is held and reported unattended where no level has people', () => {
    const board = aBoard(aPolicy(['nobody']));
    accept(board, anAccepted('a'));
    expect(eventsOf(board)).toMatchObject([{ asked: [], unattended: true, decide_by: at(900) }]);
  });

  it('stays under 1 KiB on the wire at the third of three levels', () => {
    const board = aBoard();
    accept(board, anAccepted('a'));
    applyClock(board, aBreach('a', 1));
    applyClock(board, aBreach('a', 2));
    expect(Math.max(...eventsOf(board).map((event) => JSON.stringify(event).length))).toBeLessThan(1024);
  });

  it('says nothing when the packet has a new version that asks for the same', () => {
    const board = aBoard();
    accept(board, anAccepted('a'));
    accept(board, anAccepted('a', { current_state: 'Waiting still.' }, { event: 'updated', sequence: 2, packet_version: 2 }));
    expect(eventsOf(board)).toHaveLength(1);
    expect(board.find(idOf('a'))).toMatchObject({ packetVersion: 2, intakeSequence: 2 });
  });

  it('is not set back by an older event of intake', () => {
    const board = aBoard();
    accept(board, anAccepted('a', {}, { event: 'updated', sequence: 3, packet_version: 3 }));
    accept(board, anAccepted('a'));
    expect(board.find(idOf('a'))).toMatchObject({ packetVersion: 3 });
    expect(eventsOf(board)).toHaveLength(1);
  });

  it('is asked to end when its agent withdraws it, with the reason shortened', () => {
    const board = aBoard();
    accept(board, anAccepted('a'));
    const withdrawal = { reason: 'x'.repeat(4000), asked_at: at(10) };
    accept(board, anAccepted('a', {}, { event: 'withdrawal_asked', sequence: 2, withdrawal }));
    const [, end] = eventsOf(board);
    expect(end).toMatchObject({ event: 'end', sequence: 2, end: { type: 'withdrawn' } });
    expect(end?.end?.reason).toHaveLength(200);
  });

  it('ends the one that it supersedes, whatever that one’s task, but never another agent’s', () => {
    const board = aBoard();
    accept(board, anAccepted('old', { task_id: 'other-task' }));
    accept(board, anAccepted('foreign', {}, { agent_id: 'claims' as never }));
    accept(board, anAccepted('new', { supersedes: idOf('old') }));
    accept(board, anAccepted('thief', { supersedes: idOf('foreign') }));
    expect(eventsOf(board, 'old').at(-1)).toMatchObject({ event: 'end', end: { type: 'superseded' } });
    expect(eventsOf(board, 'foreign')).toMatchObject([{ event: 'asked' }]);
  });

  it('ends at once where the one that supersedes it arrived first', () => {
    const board = aBoard();
    accept(board, anAccepted('new', { supersedes: idOf('old') }));
    accept(board, anAccepted('old', { task_id: 'other-task' }));
    expect(eventsOf(board, 'old').map(({ event }) => event)).toEqual(['asked', 'end']);
    expect(board.toHold()).toEqual([]);
  });

  it('asks nobody where its decision arrived first', () => {
    const board = aBoard();
    const accepted = anAccepted('a');
    applyDecision(board, aDecision(accepted, 'approve'));
    accept(board, accepted);
    expect(eventsOf(board)).toEqual([]);
    expect(board.find(accepted.handoff_id)).toMatchObject({ state: 'ended' });
    expect(board.toHold()).toEqual([]);
  });
});

describe('a second packet of a task', () => {
  it('is asked of those who have the first, when it asks for something else', () => {
    const board = aBoard();
    accept(board, anAccepted('first'));
    applyClock(board, aBreach('first', 1));
    const other = { recommended_action: { kind: 'tool_call', name: 'close', args: {} } };
    accept(board, anAccepted('second', other));
    expect(eventsOf(board, 'second')).toMatchObject([
      {
        level: { number: 2 },
        asked: ['ben'],
        page: true,
        duplicate_of: null,
        related: [idOf('first')],
        may_decide: ['support', 'leads'],
        before: [],
      },
    ]);
  });

  it('pages nobody when it asks for the same action, and goes where the first goes', () => {
    const board = aBoard();
    accept(board, anAccepted('first'));
    accept(board, anAccepted('second'));
    applyClock(board, aBreach('second', 1));
    applyClock(board, aBreach('first', 1));
    expect(eventsOf(board, 'second')).toMatchObject([
      { level: { number: 1 }, page: false, duplicate_of: idOf('first'), related: [idOf('first')] },
      { level: { number: 2 }, page: false, duplicate_of: idOf('first'), before: [{ level: 1 }] },
    ]);
    expect(board.said.at(-1)?.because).toBe(idOf('first'));
  });

  it('is no duplicate when neither recommends anything', () => {
    const board = aBoard();
    for (const name of ['first', 'second']) accept(board, anAccepted(name, { recommended_action: '' }));
    expect(eventsOf(board, 'second')).toMatchObject([{ page: true, duplicate_of: null }]);
  });

  it('is no duplicate of another agent’s or another task’s', () => {
    const board = aBoard();
    accept(board, anAccepted('first'));
    accept(board, anAccepted('second', {}, { agent_id: 'claims' as never }));
    accept(board, anAccepted('third', { task_id: 'task-2' }));
    expect(eventsOf(board).map(({ duplicate_of }) => duplicate_of)).toEqual([null, null, null]);
  });

  it('pages for itself once its new version asks for something else', () => {
    const board = aBoard();
    accept(board, anAccepted('first'));
    accept(board, anAccepted('second'));
    const other = { recommended_action: { kind: 'tool_call', name: 'close', args: {} } };
    accept(board, anAccepted('second', other, { event: 'updated', sequence: 2, packet_version: 2 }));
    expect(eventsOf(board, 'second').at(-1)).toMatchObject({ page: true, duplicate_of: null, packet_version: 2 });
  });

  it('leaves one that pages for each action of a task, however many ask at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }), (actions) => {
        const board = aBoard();
        actions.forEach((n, i) =>
          accept(board, anAccepted(`h${i}`, { recommended_action: { kind: 'tool_call', name: `action-${n}`, args: {} } })),
        );
        const paging = eventsOf(board).filter(({ page }) => page);
        expect(paging).toHaveLength(new Set(actions).size);
        for (const { duplicate_of } of eventsOf(board)) if (duplicate_of) expect(board.find(duplicate_of)?.routed.duplicate_of).toBeNull();
      }),
    );
  });
});
