import type { Asking } from './ask-level.js';
import type { Board } from './board.js';
import { isMeantAt } from './choose-people.js';
import type { Windows } from './level-windows.js';
import type { Rule } from './policy.js';

/** Where nobody is on duty at any level, the window ends as soon as somebody comes, so that nobody waits out an empty night. */
export function untilSomebodyComes(
  board: Board,
  rule: Rule,
  asking: Asking,
  windows: Windows,
): { readonly windows: Windows; readonly why: string } {
  const choosing = board.choosingFor(asking);
  const comes = rule.levels.flatMap((level) => board.duty.next(level.team, (person) => isMeantAt(level, person, choosing)) ?? []);
  const first = Math.min(...comes.map((at) => at.getTime()));
  if (!(first < Date.parse(windows.decide_by))) return { windows, why: '' };
  const at = new Date(first).toISOString();
  const ackBy = Date.parse(windows.ack_by) < first ? windows.ack_by : at;
  return { windows: { ack_by: ackBy, decide_by: at, warnings: [] }, why: `; somebody comes on duty at ${at}` };
}
