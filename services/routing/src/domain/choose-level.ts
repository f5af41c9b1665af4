import type { PersonId } from '@handoff/contracts';
import type { Level } from './policy.js';

export type OnDuty = (level: Level) => readonly PersonId[];

/** Why a level with people is passed over all the same; null where it is not. */
export type PassedBy = 'paused' | 'skipped' | null;

export type LevelChoice = { readonly skipped: readonly Level[] } & (
  | { readonly kind: 'ask'; readonly level: Level; readonly number: number; readonly people: readonly PersonId[] }
  | { readonly kind: 'unattended' }
);

/**
 * The first level from `start` on with somebody on duty that is not passed by. Levels without are skipped at once, and said to have
 * been. Where nobody else is left, one that would be passed by is asked all the same: a pause spares people, and leaves nobody waiting
 * for ever.
 */
export function chooseLevel(levels: readonly Level[], start: number, onDuty: OnDuty, passedBy: (level: Level) => PassedBy): LevelChoice {
  const choice = firstOnDuty(levels, start, (level) => (passedBy(level) === null ? onDuty(level) : []));
  return choice.kind === 'ask' ? choice : firstOnDuty(levels, start, onDuty);
}

function firstOnDuty(levels: readonly Level[], start: number, onDuty: OnDuty): LevelChoice {
  const open = levels.slice(start);
  for (const [at, level] of open.entries()) {
    const people = onDuty(level);
    if (people.length > 0) return { kind: 'ask', level, number: start + at + 1, people, skipped: open.slice(0, at) };
  }
  return { kind: 'unattended', skipped: open };
}
