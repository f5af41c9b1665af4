import type { HandoffRouted } from '@handoff/contracts';
import type { Assignment, Turn } from './assignment.js';
import { handIn } from './hand-in.js';

/** More are not kept: a last level that is asked again and again has told enough by then. */
const MOST = 30;

/** A turn begins with its level or cycle; what is said again within it is the same turn. */
export function turnsAfter(
  { routed: before, askedAt, turns }: Assignment,
  routed: HandoffRouted,
  now: Date,
): Pick<Assignment, 'askedAt' | 'turns'> {
  if (before.sequence === 0) return { askedAt: now, turns };
  if (before.level.number === routed.level.number && before.cycle === routed.cycle) return { askedAt, turns };
  const { level, cycle, asked, why } = before;
  const agent = handIn(before);
  const over: Turn = { level: level.number, name: level.name, cycle, asked, why, at: askedAt, ...(agent ? { agent } : {}) };
  return { askedAt: now, turns: [...(turns ?? []), over].slice(-MOST) };
}
