import { byGroup } from './by-group.js';
import type { JudgedCase } from './train-target.js';

/** Go on alone where the probability is below `cut`; null where no cut can be vouched for. */
export interface Certified {
  readonly cut: number | null;
  readonly risk: number;
  /** How often, at most, a certificate is wrong. */
  readonly delta: number;
}

/** Times the risk. Few, and chosen beforehand: each further one makes all of them harder to show. */
const CUTS = [2.5, 2, 1.5, 1] as const;
/** Shares of the wealth at stake that are bet at once; the mean of the bets is a bet too. */
const BETS = [0.25, 0.5, 0.75, 0.95] as const;

/**
 * The largest cut of which it can be shown that of a new task's cases that go on alone no more than `risk` are wrong, each task that has
 * such cases weighing the same. "Learn then Test" (A. Angelopoulos, S. Bates, E. Candès, M. Jordan, L. Lei, 2021) with Bonferroni's
 * correction, and the test of bounded means by betting (I. Waudby-Smith, A. Ramdas, 2024); what is independent are groups, not cases.
 */
export function certify(cases: readonly JudgedCase[], risk: number, delta: number): Certified {
  const groups = byGroup(cases);
  const cut = CUTS.map((it) => it * risk).find(
    (it) =>
      evidenceFor(
        groups.flatMap((own) => errorOf(own, it)),
        risk,
      ) >=
      CUTS.length / delta,
  );
  return { cut: cut ?? null, risk, delta };
}

/** Share of wrong ones among a group's cases that go on alone; nothing where none does. */
export function errorOf(cases: readonly JudgedCase[], cut: number): readonly number[] {
  const alone = cases.filter(({ p }) => p < cut);
  return alone.length === 0 ? [] : [alone.filter(({ isTrue }) => isTrue).length / alone.length];
}

/** What a gambler who starts with 1 has after betting that errors are below `risk`. By Ville's inequality x has chance 1/x, if they are not. */
function evidenceFor(errors: readonly number[], risk: number): number {
  const wealth = BETS.map((share) => errors.reduce((own, error) => own * (1 - (share * (error - risk)) / (1 - risk)), 1));
  return wealth.reduce((sum, it) => sum + it, 0) / wealth.length;
}
