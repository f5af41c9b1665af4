import { certify } from './certify.js';
import type { JudgedCase } from './train-target.js';

/** One line of the table: how many may go on alone where no more than `risk` of them may be wrong. */
export interface RiskLine {
  readonly risk: number;
  /** How often, at most, such a line is wrong. */
  readonly delta: number;
  /** Go on alone below it; null where none can be vouched for. */
  readonly cut: number | null;
  /** On the cases that it was shown on: share that goes on alone, and share of these that was wrong. */
  readonly alone: number;
  readonly error: number;
}

const RISKS = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3] as const;
const DELTA = 0.1;

/** Each line holds by itself with probability 1 − delta; see `certify` for what is promised and by which test. */
export function riskCoverage(judged: readonly JudgedCase[]): readonly RiskLine[] {
  return RISKS.map((risk) => {
    const { cut, delta } = certify(judged, risk, DELTA);
    const alone = judged.filter(({ p }) => p < (cut ?? 0));
    const wrong = alone.filter(({ isTrue }) => isTrue).length;
    return { risk, delta, cut, alone: alone.length / judged.length, error: alone.length === 0 ? 0 : wrong / alone.length };
  });
}

/** The line of the largest risk that is no more than what may be risked; null where none of these has a cut. */
export function vouchedCut(lines: readonly RiskLine[], mayRisk: number): number | null {
  return lines.filter(({ risk, cut }) => risk <= mayRisk + 1e-9 && cut !== null).at(-1)?.cut ?? null;
}
