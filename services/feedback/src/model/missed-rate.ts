import type { Rate } from '@handoff/contracts';

/** A task that its agent did not escalate, as far as an audit tells. */
export interface Unasked {
  /** The chance with which it was drawn for an audit, as it was kept at the draw. */
  readonly propensity: number;
  /** The auditor's word: a person should have been asked. Null where it was not audited. */
  readonly isMissed: boolean | null;
}

const Z = 1.96;

/**
 * Share of tasks not escalated that should have been, from the audited ones, each weighed by the inverse of its propensity (Hájek's estimate:
 * J. Hájek, 1971). The interval is Wilson's, for as many audits as the uneven weights are worth (L. Kish, 1965); null without an audit.
 */
export function missedRate(tasks: readonly Unasked[]): Rate | null {
  const audited = tasks.flatMap(({ propensity, isMissed }) => (isMissed === null ? [] : [{ weight: 1 / propensity, isMissed }]));
  const total = audited.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const rate = audited.reduce((sum, { weight, isMissed }) => sum + (isMissed ? weight : 0), 0) / total;
  const n = total ** 2 / audited.reduce((sum, { weight }) => sum + weight ** 2, 0);
  const middle = (rate + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const reach = (Z * Math.sqrt((rate * (1 - rate)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n);
  return { rate, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/**
 * What auditors would have said, were they always right: Rogan and Gladen's correction (1978) for those who are right with this chance, of
 * missed ones and of others alike.
 */
export function corrected({ rate, low, high }: Rate, accuracy: number): Rate {
  const [of, bound] = [(it: number) => (it + accuracy - 1) / (2 * accuracy - 1), (it: number) => Math.max(0, Math.min(1, it))];
  return { rate: bound(of(rate)), low: bound(of(low)), high: bound(of(high)) };
}

/**
 * What is reported: corrected for auditors who are right with `atLeast` this chance, in an interval that holds for every chance from there
 * to 1, as nobody knows theirs to the point.
 */
export function missedEscalations(tasks: readonly Unasked[], atLeast: number): Rate | null {
  const said = missedRate(tasks);
  if (!said) return null;
  const { rate, low, high } = corrected(said, atLeast);
  return { rate, low: Math.min(low, said.low), high: Math.max(high, said.high) };
}
