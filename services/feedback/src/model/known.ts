import type { LearningCase, Target } from './cases.js';
import { describeMoment } from './describe-moment.js';
import type { Trait } from './trait.js';

/** Cases of one target whose truth is known, described. */
export interface Known {
  readonly traits: readonly (readonly Trait[])[];
  readonly groups: readonly string[];
  readonly isTrue: Uint8Array;
}

export function knownOf(cases: readonly LearningCase[], target: Target): Known {
  const known = cases.filter(({ truths }) => truths[target] !== null);
  return {
    traits: known.map(({ moment }) => describeMoment(moment)),
    groups: known.map(({ group }) => group),
    isTrue: Uint8Array.from(known, ({ truths }) => Number(truths[target])),
  };
}

export const pick = (known: Known, at: readonly number[]): Known => ({
  traits: at.map((it) => known.traits[it] ?? []),
  groups: at.map((it) => known.groups[it] ?? ''),
  isTrue: Uint8Array.from(at, (it) => known.isTrue[it] ?? 0),
});
