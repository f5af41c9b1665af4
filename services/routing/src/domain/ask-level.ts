import type { PersonId } from '@handoff/contracts';
import type { Arrival } from './assignment.js';
import type { Board } from './board.js';
import { chooseLevel, type PassedBy } from './choose-level.js';
import { candidatesAt, pick, whyThese } from './choose-people.js';
import { matches } from './choose-rule.js';
import { namesOf } from './level-view.js';
import { lastLevelOf, type Level, type Rule, type SkipIf } from './policy.js';

/** Whom a handoff asks from some level on. */
export interface LevelAsk {
  readonly level: Level;
  /** From 1. */
  readonly number: number;
  readonly asked: readonly PersonId[];
  readonly skipped: readonly Level[];
  /** Nobody is on duty from there on; `level` is the last one. */
  readonly isEmpty: boolean;
  /** The end of a `why`: who was passed over, and why these of several. */
  readonly why: string;
}

export type Asking = Pick<Arrival, 'tenant' | 'facts'> & { readonly policyVersion?: number };

export function askFrom(board: Board, rule: Rule, asking: Asking, start: number): LevelAsk {
  const choosing = board.choosingFor(asking);
  const passedBy = passingBy(board, asking);
  const choice = chooseLevel(rule.levels, start, (level) => candidatesAt(level, choosing), passedBy);
  const { skipped } = choice;
  const over = passedOver(skipped, passedBy);
  if (choice.kind === 'unattended')
    return { level: lastLevelOf(rule), number: rule.levels.length, asked: [], skipped, isEmpty: true, why: over };
  const asked = pick(choice.level, choice.people, board.load);
  const why = whyThese(asked, choice.people, board.load) + over;
  return { level: choice.level, number: choice.number, asked, skipped, isEmpty: false, why };
}

/** Of one level, without those who are left out; empty where nobody else is on duty there. */
export function askAt(board: Board, level: Level, asking: Asking, leftOut: readonly PersonId[] = []): readonly PersonId[] {
  const candidates = candidatesAt(level, board.choosingFor(asking)).filter((person) => !leftOut.includes(person));
  return pick(level, candidates, board.load);
}

/** Whoever is on duty at any level, the last ones first to be named: nobody is to wait while somebody is there. */
export function anybodyOf(board: Board, rule: Rule, asking: Asking): readonly PersonId[] {
  const choosing = board.choosingFor(asking);
  return [...new Set(rule.levels.toReversed().flatMap((level) => candidatesAt(level, choosing)))].slice(0, MOST_ASKED);
}

/** As many as a team may have, so that a routing stays small. */
const MOST_ASKED = 20;

function passingBy(board: Board, { tenant, facts }: Asking): (level: Level) => PassedBy {
  const isPaused = board.pausedOf(tenant);
  return (level) => {
    if (isPaused(level)) return 'paused';
    return facts && level.skipIf && isSkipped(board, level.skipIf, facts) ? 'skipped' : null;
  };
}

function isSkipped({ duty }: Board, { offHours, ...match }: SkipIf, facts: NonNullable<Arrival['facts']>): boolean {
  return matches(match, facts) && (offHours === undefined || !duty.isWorking(offHours));
}

const PASSED: readonly (readonly [PassedBy, (names: string, several: boolean) => string])[] = [
  [null, (names) => `; nobody is on duty at ${names}`],
  ['paused', (names, several) => `; ${names} ${several ? 'are' : 'is'} paused`],
  ['skipped', (names, several) => `; ${names} ${several ? 'are' : 'is'} passed over as the policy says`],
];

function passedOver(skipped: readonly Level[], passedBy: (level: Level) => PassedBy): string {
  return PASSED.map(([why, say]) => {
    const levels = skipped.filter((level) => passedBy(level) === why);
    return levels.length > 0 ? say(namesOf(levels).join(', '), levels.length > 1) : '';
  }).join('');
}
