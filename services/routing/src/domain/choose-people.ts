import { isWithinLimits, type PersonId } from '@handoff/contracts';
import type { Facts } from './facts.js';
import type { Duty } from './duty/duty.js';
import type { Load } from './load.js';
import type { Level, Person, Policy } from './policy.js';

/** What the choice of people at any level of one handoff depends on. */
export interface Choosing {
  readonly duty: Duty;
  readonly load: Load;
  /** Null: of a handoff that an earlier release took; nobody is left out for what it asks. */
  readonly facts: Facts | null;
  /** The newest policy first: people change, whatever version a handoff runs by. */
  readonly policies: readonly Policy[];
}

/** Of a level's team: on duty, named by it, with its skills, and with the authority for what is asked. */
export function candidatesAt(level: Level, choosing: Choosing): readonly PersonId[] {
  return choosing.duty.of(level.team).filter((id) => isMeantAt(level, id, choosing));
}

/** Whether a level asks this member of its team, who is on duty or would be. */
export function isMeantAt(level: Level, id: PersonId, { facts, policies }: Choosing): boolean {
  if (!(level.people?.includes(id) ?? true)) return false;
  const [skills, amount] = [level.skills ?? [], facts?.amount ?? null];
  if (skills.length === 0 && amount === null) return true; // most handoffs: nobody has to be looked up
  const person = personIn(policies, id);
  return skills.every((skill) => person?.skills?.includes(skill) ?? false) && isWithinLimits(person?.authority, amount);
}

/** As many of them as the level asks: those with the least to do first. */
export function pick({ ask }: Pick<Level, 'ask'>, candidates: readonly PersonId[], load: Load): readonly PersonId[] {
  return ask === undefined || candidates.length <= ask ? candidates : load.least(candidates, ask);
}

/** The end of a `why`, where not all were asked. */
export function whyThese(asked: readonly PersonId[], candidates: readonly PersonId[], load: Load): string {
  if (asked.length === candidates.length) return '';
  const open = asked.map((person) => `${person} (${load.openOf(person)} open)`).join(', ');
  return `; of ${candidates.length} on duty, ${open} ${asked.length > 1 ? 'have' : 'has'} the least to do`;
}

function personIn(policies: readonly Policy[], id: PersonId): Person | null {
  for (const { people } of policies) {
    const found = people.find((person) => person.id === id);
    if (found) return found;
  }
  return null;
}
