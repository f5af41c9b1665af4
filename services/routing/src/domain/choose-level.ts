import type { PersonId } from '@handoff/contracts';
import type { Level, Policy } from './policy.js';

export type OnDuty = (level: Level) => readonly PersonId[];

export type LevelChoice = { readonly skipped: readonly Level[] } & (
  | { readonly kind: 'ask'; readonly level: Level; readonly number: number; readonly people: readonly PersonId[] }
  | { readonly kind: 'unattended' }
);

/** The first level from `start` on with somebody on duty. Levels without are skipped at once, and said to have been. */
export function chooseLevel(levels: readonly Level[], start: number, onDuty: OnDuty): LevelChoice {
  const open = levels.slice(start);
  const at = open.findIndex((level) => onDuty(level).length > 0);
  const level = open[at];
  return level
    ? { kind: 'ask', level, number: start + at + 1, people: onDuty(level), skipped: open.slice(0, at) }
    : { kind: 'unattended', skipped: open };
}

/** Everybody of a level's team; without schedules, all of a team are always on duty. */
export function onDutyBy(policy: Policy): OnDuty {
  return ({ team }) => policy.teams.find(({ id }) => id === team)?.members ?? [];
}
