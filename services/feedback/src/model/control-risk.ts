import { byGroup } from './by-group.js';
import { mean } from './metrics.js';
import type { JudgedCase } from './train-target.js';

const STEPS = 200;

/**
 * The largest cut at which, of **all** cases of a new task, at most `risk` are expected to go on alone and be wrong; 0 where there is none.
 * A weaker promise than a certificate, which is about those that go on alone. Conformal risk control (A. Angelopoulos, S. Bates, A. Fisch,
 * L. Lei, T. Schuster, 2022): it holds on average over the groups that are learned from and a new one, if they are exchangeable.
 */
export function controlRisk(cases: readonly JudgedCase[], risk: number): number {
  const groups = byGroup(cases);
  let cut = 0;
  for (let step = 1; step <= STEPS; step++) {
    const losses = groups.map((own) => lossOf(own, step / STEPS));
    if ((groups.length * mean(losses) + 1) / (groups.length + 1) > risk) break; // as if the new group lost everything
    cut = step / STEPS;
  }
  return cut;
}

export const lossOf = (cases: readonly JudgedCase[], cut: number): number =>
  cases.filter(({ p, isTrue }) => p < cut && isTrue).length / cases.length;
