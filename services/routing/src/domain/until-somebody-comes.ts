import type { PersonId } from '@handoff/contracts';
import type { Asking } from './ask-level.js';
import type { Board } from './board.js';
import { isMeantAt } from './choose-people.js';
import type { Windows } from './level-windows.js';
import type { Rule } from './policy.js';

/** Where nobody is asked, as nobody is on duty at any level, the window ends as soon as somebody comes: no empty night is waited out. */
export function untilSomebodyComes(
  board: Board,
  rule: Rule,
  asking: Asking,
  asked: readonly PersonId[],
  windows: Windows,
): { readonly windows: Windows; readonly why: string } {
  if (asked.length > 0) return { windows, why: '' };
  const choosing = board.choosingFor(asking);
  const comes = rule.levels.flatMap((level) => board.duty.next(level.team, (person) => isMeantAt(level, person, choosing)) ?? []);
  const first = Math.min(...comes.map((at) => at.getTime()));
  if (!(first < Date.parse(windows.decide_by))) return { windows, why: '' };
  const at = new Date(first).toISOString();
  const ackBy = Date.parse(windows.ack_by) < first ? windows.ack_by : at;
  return { windows: { ack_by: ackBy, decide_by: at, warnings: [] }, why: `; somebody comes on duty at ${at}` };
}
