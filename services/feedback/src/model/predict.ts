import { calibrated } from './calibrate.js';
import { marginOf } from './fit-ridge.js';
import type { TargetModel } from './train-target.js';
import type { TraitBook } from './trait-book.js';
import type { Trait } from './trait.js';
import { bookEncoder, encoder, type SparseRow } from './vocabulary.js';

/** The probability that a described moment ends that way. Made once per model: it holds the model's columns by name. */
export function predictor({ columns, linear, calibration }: TargetModel): (traits: readonly Trait[]) => number {
  const encode = encoder(columns);
  return (traits) => calibrated(calibration, marginOf(linear, encode(traits)));
}

/** The same of cases that are in a book. */
export function bookPredictor({ columns, linear, calibration }: TargetModel, book: TraitBook): (row: SparseRow) => number {
  const encode = bookEncoder(columns, book);
  return (row) => calibrated(calibration, marginOf(linear, encode(row)));
}
