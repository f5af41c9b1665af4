import { describe, expect, it } from '@jest/globals';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import { aBoard, aBreach, anAccepted, aPolicy, eventsOf } from './builders.for-spec.js';
import type { Board } from './board.js';

const hours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' }];
const OFFICE = aPolicy(['support'], {
  calendars: [{ id: 'office', time_zone: 'UTC', hours }],
  sla: { normal: '4h', calendar: 'office' },
});
/** On a Friday: of four working hours, two are left on Monday, and the window for acknowledging is over at 16:00. */
const ACCEPTED = '2026-03-06T15:00:00.000Z';

function asked(urgency = 'low', policy = OFFICE): Board {
  const board = aBoard(policy, null, new Date(ACCEPTED));
  accept(board, anAccepted('a', { urgency }, { accepted_at: ACCEPTED }));
  return board;
}

/** A question of that instant, waited for until `info_by` at most, and answered later. */
function answered(board: Board, from: string, until: string, info_by: string): Board {
  const clock = { clock: 'info_by' } as const;
  const due_at = new Date(Date.parse('2026-03-09T11:00:00Z') + Date.parse(until) - Date.parse(from)).toISOString(); // by seconds
  applyClock(board, aBreach('a', 1, 1, { ...clock, event: 'paused', fired_at: from, due_at: info_by }));
  applyClock(board, aBreach('a', 1, 1, { ...clock, event: 'resumed', fired_at: until, due_at, info_by }));
  return board;
}

const windowsOf = (board: Board) => eventsOf(board).map(({ ack_by, decide_by }) => [ack_by.slice(5, 16), decide_by.slice(5, 16)]);

describe('windows in working time that waited for the agent', () => {
  it.each([
    ['within the hours', '2026-03-06T15:30:00.000Z', '2026-03-06T15:50:00.000Z', ['03-06T16:20', '03-09T11:20']],
    [
      'over closing time, of which the hours alone count',
      '2026-03-06T16:50:00.000Z',
      '2026-03-06T17:40:00.000Z',
      ['03-06T16:00', '03-09T11:10'],
    ],
    ['at night, which costs nobody anything', '2026-03-06T20:00:00.000Z', '2026-03-07T02:00:00.000Z', ['03-06T16:00', '03-09T11:00']],
  ])('have what they had left: %s', (_, from, until, windows) => {
    const infoBy = new Date(Date.parse(from) + 8 * 3_600_000).toISOString();
    expect(windowsOf(answered(asked(), from, until, infoBy))).toEqual([['03-06T16:00', '03-09T11:00'], windows]);
  });

  it('keep the warnings that are to come, and say who is asked as before', () => {
    const board = answered(asked(), '2026-03-06T15:30:00.000Z', '2026-03-06T15:50:00.000Z', '2026-03-06T16:30:00.000Z');
    const [first, again] = eventsOf(board);
    expect(again).toMatchObject({
      ...{ sequence: 2, cycle: 1, asked: first?.asked, level: first?.level },
      warnings: [
        { share: 0.5, at: '2026-03-09T09:20:00.000Z' },
        { share: 0.8, at: '2026-03-09T10:32:00.000Z' },
      ],
    });
  });

  it('that run around the clock are put off where they are watched, and nothing is said of them', () => {
    const board = answered(asked('high'), '2026-03-06T15:01:00.000Z', '2026-03-06T15:04:00.000Z', '2026-03-06T15:30:00.000Z');
    expect(eventsOf(board)).toHaveLength(1);
    expect(board.changes()).toMatchObject([{ routed: { ack_by: '2026-03-06T15:08:00.000Z', decide_by: '2026-03-06T15:18:00.000Z' } }]);
  });
});
