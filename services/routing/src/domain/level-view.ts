import type { PersonId, TeamId } from '@handoff/contracts';
import type { FullView } from './board.js';
import type { Level, Rule } from './policy.js';

type LevelView = Pick<FullView, 'level' | 'cycle' | 'team' | 'asked' | 'may_decide' | 'answers_needed' | 'ladder'>;

/** A level as it is asked for the first time. Its team may decide, and so may those that were asked before it, unless the rule says no. */
export function levelView(rule: Rule, level: Level, number: number, asked: readonly PersonId[]): LevelView {
  return {
    level: { number, name: level.name, of: rule.levels.length },
    cycle: 1,
    team: level.team,
    asked,
    may_decide: rule.earlierMayAnswer === false ? [level.team] : teamsUpTo(rule, number),
    answers_needed: level.answersNeeded ?? 1,
    ladder: level.ladder.map(({ channel, after, mandatory }) => ({ channel, after_seconds: after, ...(mandatory ? { mandatory } : {}) })),
  };
}

const teamsUpTo = (rule: Rule, number: number): readonly TeamId[] => [...new Set(rule.levels.slice(0, number).map(({ team }) => team))];

export const namesOf = (levels: readonly Level[]): readonly string[] => levels.map(({ name }) => name);
