import { askAt, askFrom, anybodyOf, type LevelAsk } from './ask-level.js';
import type { Assignment } from './assignment.js';
import type { Board, FullView } from './board.js';
import { endOfPolicy } from './end-of-policy.js';
import { takeAlong } from './follow-first.js';
import { levelView, namesOf } from './level-view.js';
import { levelWindows } from './level-windows.js';
import { levelOf, ruleOf, type Policy, type Rule } from './policy.js';
import { requestEnd } from './request-end.js';
import { untilSomebodyComes } from './until-somebody-comes.js';

export interface MoveReason {
  /** As those who are asked next read it of the level before. */
  readonly because: string;
  /** The beginning of why they are asked. */
  readonly why: string;
  /** Nobody decided: at the end of the policy its own end may follow. A person who passes it on has not been silent. */
  readonly isSilence: boolean;
}

/** The next level with somebody on duty; after the last the policy's end, or the same one again: silence is never consent. */
export function moveOn(board: Board, assignment: Assignment, reason: MoveReason): void {
  const { routed, policyVersion } = assignment;
  const policy = board.policyOf(policyVersion);
  const rule = ruleOf(policy, routed.policy.rule);
  const next = askFrom(board, rule, assignment, routed.level.number);
  if (!next.isEmpty) return takeAlong(board, board.say(assignment, nextView(board, policy, rule, assignment, next, reason)));
  const again = againView(board, policy, rule, assignment, next);
  const end = reason.isSilence && again.unattended ? endOfPolicy(rule, assignment.facts) : null;
  if (end) requestEnd(board, assignment, end);
  else takeAlong(board, board.say(assignment, again));
}

function nextView(
  board: Board,
  policy: Policy,
  rule: Rule,
  { routed }: Assignment,
  { level, number, asked, skipped, why: whyThese }: LevelAsk,
  { because, why }: MoveReason,
): Partial<FullView> {
  return {
    ...levelView(rule, level, number, asked),
    ...levelWindows(policy, level, routed.sla.class, board.now, board.now),
    ...(rule.earlierMayAnswer === false ? { given_to: [] } : {}),
    before: [...routed.before, { level: routed.level.number, asked: routed.asked, moved_because: because }],
    skipped: namesOf(skipped),
    unattended: false,
    why: `${why}, so ${level.team} is next${whyThese}.`,
  };
}

/** Whoever is on duty there by now; where nobody is, whoever is on duty at any level. */
function againView(board: Board, policy: Policy, rule: Rule, assignment: Assignment, { skipped, why }: LevelAsk): Partial<FullView> {
  const { routed } = assignment;
  const level = levelOf(rule, routed.level.number);
  const cycle = routed.cycle + 1;
  const passedOn = routed.before.filter((it) => it.level === routed.level.number).length; // each was a cycle, and no silence
  const there = askAt(board, level, assignment);
  const asked = there.length > 0 ? there : anybodyOf(board, rule, assignment);
  const own = levelWindows(policy, level, routed.sla.class, board.now, board.now);
  const { windows, why: until } = untilSomebodyComes(board, rule, assignment, asked, own);
  const isFirstThere = routed.asked.length === 0 && asked.length > 0; // whoever comes on duty is asked before it counts as silence
  return {
    ...windows,
    cycle,
    asked,
    ...(there.length === 0 && rule.earlierMayAnswer === false ? { given_to: asked } : {}),
    skipped: namesOf(skipped),
    unattended: !isFirstThere && (routed.unattended || cycle - passedOn > level.repeat + 1),
    why: `No level is left after ${level.name}, so it is asked again${why}${until}.`,
  };
}
