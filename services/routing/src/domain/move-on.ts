import type { Assignment } from './assignment.js';
import type { Board, FullView } from './board.js';
import { chooseLevel, onDutyBy, type LevelChoice } from './choose-level.js';
import { takeAlong } from './follow-first.js';
import { levelView, namesOf, passedOver } from './level-view.js';
import { levelWindows } from './level-windows.js';
import { levelOf, ruleOf, type Level, type Policy, type Rule } from './policy.js';

export interface MoveReason {
  /** As those who are asked next read it of the level before. */
  readonly because: string;
  /** The beginning of why they are asked. */
  readonly why: string;
}

/** The next level with somebody on duty; after the last, the same one again: silence is never consent. */
export function moveOn(board: Board, assignment: Assignment, reason: MoveReason): void {
  const { routed, policyVersion } = assignment;
  const policy = board.policyOf(policyVersion);
  const rule = ruleOf(policy, routed.policy.rule);
  const choice = chooseLevel(rule.levels, routed.level.number, onDutyBy(policy), board.pausedOf(assignment.tenant));
  const view =
    choice.kind === 'ask'
      ? nextView(board, policy, rule, assignment, choice, reason)
      : againView(board, policy, levelOf(rule, routed.level.number), assignment, choice.skipped);
  takeAlong(board, board.say(assignment, view));
}

function nextView(
  board: Board,
  policy: Policy,
  rule: Rule,
  { routed, tenant }: Assignment,
  { level, number, people, skipped }: LevelChoice & { readonly kind: 'ask' },
  { because, why }: MoveReason,
): Partial<FullView> {
  return {
    ...levelView(rule, level, number, people),
    ...levelWindows(policy, level, routed.sla.class, board.now, board.now),
    before: [...routed.before, { level: routed.level.number, asked: routed.asked, moved_because: because }],
    skipped: namesOf(skipped),
    unattended: false,
    why: `${why}, so ${level.team} is next${passedOver(skipped, board.pausedOf(tenant))}.`,
  };
}

function againView(
  board: Board,
  policy: Policy,
  level: Level,
  { routed, tenant }: Assignment,
  skipped: readonly Level[],
): Partial<FullView> {
  const cycle = routed.cycle + 1;
  const passedOn = routed.before.filter((it) => it.level === routed.level.number).length; // each was a cycle, and no silence
  return {
    ...levelWindows(policy, level, routed.sla.class, board.now, board.now),
    cycle,
    skipped: namesOf(skipped),
    unattended: routed.unattended || cycle - passedOn > level.repeat + 1,
    why: `No level is left after ${level.name}, so it is asked again${passedOver(skipped, board.pausedOf(tenant))}.`,
  };
}
