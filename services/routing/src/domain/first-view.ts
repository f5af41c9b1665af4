import { askFrom } from './ask-level.js';
import type { Arrival } from './assignment.js';
import type { Board, FullView } from './board.js';
import { chooseRule } from './choose-rule.js';
import { levelView, namesOf } from './level-view.js';
import { levelWindows } from './level-windows.js';
import { slaOf } from './sla-of.js';
import { untilSomebodyComes } from './until-somebody-comes.js';

/** Its SLA runs from acceptance, and so does the window of whoever is asked first. */
export function firstView(board: Board, arrival: Arrival): FullView {
  const { current, now } = board;
  const { policy, version } = current;
  const rule = arrival.facts ? chooseRule(policy, arrival.facts) : policy.catchAll;
  const { level, number, asked, skipped, isEmpty, why } = askFrom(board, rule, arrival, 0);
  const sla = slaOf(policy, arrival);
  const own = levelWindows(policy, level, sla.class, arrival.acceptedAt, now);
  const { windows, why: until } = untilSomebodyComes(board, rule, arrival, asked, own);
  return {
    ...plain,
    ...levelView(rule, level, number, asked),
    ...windows,
    sla,
    policy: { id: policy.id, version, rule: rule.id },
    why: `Rule "${rule.id}" asks ${level.team} first${why}${until}.`,
    skipped: namesOf(skipped),
    unattended: isEmpty,
  };
}

/** What no routing begins with. */
export const plain = { event: 'asked', page: true, skipped: [], before: [], duplicate_of: null, end: null } as const;
