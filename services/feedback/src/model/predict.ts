import { calibrated } from './calibrate.js';
import { marginOf } from './fit-ridge.js';
import type { TargetModel } from './train-target.js';
import type { Trait } from './trait.js';
import { encoder } from './vocabulary.js';

/** The probability that a described moment ends that way. Made once per model: it holds the model's columns by name. */
export function predictor({ columns, linear, calibration }: TargetModel): (traits: readonly Trait[]) => number {
  const encode = encoder(columns);
  return (traits) => calibrated(calibration, marginOf(linear, encode(traits)));
}
