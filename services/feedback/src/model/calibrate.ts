import { sigmoid } from './fit-ridge.js';

/** `slope` below 1 says that the margins claim more than they hold on tasks not seen. */
export interface Calibration {
  readonly slope: number;
  readonly shift: number;
}

const ROUNDS = 100;
/** Newton's step may lead far away where bold margins leave little curvature. */
const LONGEST_STEP = 0.25;
/** Precisions of what is supposed before any case is seen: a slope of 1 within a third or so, a shift of 0 within 1. */
const PRIOR = { slope: 10, shift: 1 };

/**
 * Platt's scaling of margins that were made without the case's own group, by Newton's method. Source: J. Platt, "Probabilistic Outputs for
 * Support Vector Machines", 1999. Two parameters, as what is independent here are groups, and they are few; isotonic steps would follow them.
 * @param weights how many independent cases each is worth
 */
export function calibrate(margins: ArrayLike<number>, isTrue: ArrayLike<number>, weights: ArrayLike<number>): Calibration {
  let slope = 1;
  let shift = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let [a, b, aa, ab, bb] = [PRIOR.slope * (1 - slope), -PRIOR.shift * shift, PRIOR.slope, 0, PRIOR.shift];
    for (let at = 0; at < margins.length; at++) {
      const x = margins[at] ?? 0;
      const weight = weights[at] ?? 0;
      const p = sigmoid(slope * x + shift);
      const curvature = weight * p * (1 - p);
      const pull = weight * ((isTrue[at] ?? 0) - p);
      a += pull * x;
      b += pull;
      aa += curvature * x * x;
      ab += curvature * x;
      bb += curvature;
    }
    const determinant = aa * bb - ab * ab;
    const [moveSlope, moveShift] = [careful((a * bb - b * ab) / determinant), careful((b * aa - a * ab) / determinant)];
    slope += moveSlope;
    shift += moveShift;
    if (Math.abs(moveSlope) + Math.abs(moveShift) < 1e-9) break;
  }
  return { slope: Math.max(0, slope), shift };
}

export const calibrated = ({ slope, shift }: Calibration, margin: number): number => sigmoid(slope * margin + shift);

const careful = (step: number): number => Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
