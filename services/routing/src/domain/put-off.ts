import type { HandoffClock } from '@handoff/contracts';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import type { Calendar } from './duty/schedule.js';
import { afterWorking, workedSeconds } from './duty/working-time.js';
import { takeAlong } from './follow-first.js';
import { calendarOf, type Windows } from './level-windows.js';

/**
 * The level waits for the agent, and then has as long as it had. Its duplicates, which nobody has asked, are not to run out meanwhile.
 * Whoever watches the clocks puts them off by seconds; where they run in working time, it is told the instants once they run again.
 */
export function putOff(board: Board, assignment: Assignment, clock: HandoffClock): void {
  const { routed, policyVersion } = assignment;
  const calendar = calendarOf(board.policyOf(policyVersion), routed.sla.class);
  const windows = windowsAfter(calendar, routed, clock);
  const isTold = clock.event === 'resumed' && calendar !== null;
  takeAlong(board, isTold ? board.say(assignment, windows) : board.keep({ ...assignment, routed: { ...routed, ...windows } }));
}

/** While it waits, as if the agent took the longest that is waited for; what of that was not needed is taken back. */
function windowsAfter(calendar: Calendar | null, windows: Windows, { event, due_at, fired_at, info_by }: HandoffClock): Partial<Windows> {
  if (event === 'paused') return moved(calendar, windows, fired_at, due_at);
  return info_by ? moved(calendar, windows, info_by, fired_at) : { decide_by: due_at }; // of an earlier release
}

/** As much working time after `until` as there was after `from`; what had passed by then has passed. */
function moved(calendar: Calendar | null, { ack_by, decide_by, warnings }: Windows, from: string, until: string): Windows {
  const [before, after] = [new Date(from), new Date(until)];
  const move = (at: string): string =>
    new Date(at) <= before ? at : afterWorking(calendar, after, workedSeconds(calendar, before, new Date(at))).toISOString();
  return {
    ...{ ack_by: move(ack_by), decide_by: move(decide_by) },
    ...(warnings ? { warnings: warnings.map(({ share, at }) => ({ share, at: move(at) })) } : {}),
  };
}
