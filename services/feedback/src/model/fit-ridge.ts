import type { SparseRow } from './vocabulary.js';

const { abs, exp, max } = Math; // once: see random.ts

export interface Learner {
  readonly seen: Columns;
  readonly isTrue: Uint8Array;
  readonly weights: Float64Array;
  /** Prior standard deviation of each column's effect; a column with 0 has none. */
  readonly spread: Float64Array;
}

export interface Linear {
  readonly base: number;
  readonly effects: Float64Array;
}

const MOST_ROUNDS = 12;
const SWEEPS = 3;
const SETTLED = 1e-2;
/** A case that seems certain still says something. */
const LEAST_CURVATURE = 1e-4;

/**
 * Logistic regression whose effects are drawn from normals of the given spreads, by Newton's quadratic and cyclic coordinate descent in it.
 * Source: J. Friedman, T. Hastie, R. Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent", 2010.
 */
export function fitRidge({ seen, isTrue, weights, spread }: Learner): Linear {
  const scaled = new Float64Array(spread.length); // an effect in units of its spread: its prior is the standard normal
  const margins = new Float64Array(isTrue.length);
  const state = { base: 0, spread, scaled, margins };
  for (let round = 0; round < MOST_ROUNDS; round++) if (newtonRound(seen, isTrue, weights, state) < SETTLED) break;
  return { base: state.base, effects: scaled.map((it, at) => it * (spread[at] ?? 0)) };
}

/** The numbers of rows, column after column. */
export interface Columns {
  readonly starts: Int32Array;
  readonly row: Int32Array;
  readonly value: Float64Array;
}

interface State {
  base: number;
  readonly spread: Float64Array;
  readonly scaled: Float64Array;
  readonly margins: Float64Array;
}

/** Indices below are within the arrays by construction; `?? 0` satisfies the compiler and costs nothing. */
function newtonRound(columns: Columns, isTrue: Uint8Array, weights: Float64Array, state: State): number {
  const { scaled, margins } = state;
  const curvature = new Float64Array(margins.length);
  const pull = new Float64Array(margins.length); // weighted residual of the quadratic, kept up to date
  for (let at = 0; at < margins.length; at++) {
    const p = sigmoid(margins[at] ?? 0);
    const weight = weights[at] ?? 0;
    curvature[at] = weight * max(LEAST_CURVATURE, p * (1 - p));
    pull[at] = weight * ((isTrue[at] ?? 0) - p);
  }
  let largest = 0;
  let moving = scaled.keys(); // a round begins with all columns, and goes on with those that have not settled
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = abs(moveBase(curvature, pull, state));
    const unsettled: number[] = [];
    for (const column of moving) {
      const move = abs(moveColumn(columns, column, curvature, pull, state));
      if (move >= SETTLED) unsettled.push(column);
      moved = max(moved, move);
    }
    largest = max(largest, moved);
    if (moved < SETTLED) break;
    moving = unsettled.values();
  }
  return largest;
}

function moveBase(curvature: Float64Array, pull: Float64Array, state: State): number {
  let slope = 0;
  let bend = 0;
  for (let at = 0; at < pull.length; at++) {
    slope += pull[at] ?? 0;
    bend += curvature[at] ?? 0;
  }
  const step = bend > 0 ? slope / bend : 0;
  for (let at = 0; at < pull.length; at++) {
    pull[at] = (pull[at] ?? 0) - step * (curvature[at] ?? 0);
    state.margins[at] = (state.margins[at] ?? 0) + step;
  }
  state.base += step;
  return step;
}

function moveColumn({ starts, row, value }: Columns, column: number, curvature: Float64Array, pull: Float64Array, state: State): number {
  const start = starts[column] ?? 0;
  const end = starts[column + 1] ?? 0;
  const spread = state.spread[column] ?? 0;
  if (start === end || spread === 0) return 0;
  let slope = -(state.scaled[column] ?? 0);
  let bend = 1;
  for (let k = start; k < end; k++) {
    const x = spread * (value[k] ?? 0);
    const at = row[k] ?? 0;
    slope += x * (pull[at] ?? 0);
    bend += x * x * (curvature[at] ?? 0);
  }
  const step = slope / bend;
  for (let k = start; k < end; k++) {
    const at = row[k] ?? 0;
    const move = step * spread * (value[k] ?? 0);
    pull[at] = (pull[at] ?? 0) - move * (curvature[at] ?? 0);
    state.margins[at] = (state.margins[at] ?? 0) + move;
  }
  state.scaled[column] = (state.scaled[column] ?? 0) + step;
  return step;
}

/** Rows by column; behind these a column for each group, which is 1 in its cases. */
export function columnsOf(rows: readonly SparseRow[], groups: Int32Array, columns: number, groupCount: number): Columns {
  const starts = new Int32Array(columns + groupCount + 1);
  const countOne = (column: number): void => void (starts[column + 1] = (starts[column + 1] ?? 0) + 1);
  rows.forEach(({ at }, index) => {
    for (const column of at) countOne(column);
    countOne(columns + (groups[index] ?? 0));
  });
  for (let column = 1; column < starts.length; column++) starts[column] = (starts[column] ?? 0) + (starts[column - 1] ?? 0);
  const filled = starts.slice();
  const row = new Int32Array(starts.at(-1) ?? 0);
  const value = new Float64Array(row.length);
  const put = (column: number, index: number, it: number): void => {
    const place = filled[column] ?? 0;
    row[place] = index;
    value[place] = it;
    filled[column] = place + 1;
  };
  rows.forEach((it, index) => {
    for (let k = 0; k < it.at.length; k++) put(it.at[k] ?? 0, index, it.value[k] ?? 0);
    put(columns + (groups[index] ?? 0), index, 1);
  });
  return { starts, row, value };
}

export const sigmoid = (margin: number): number => 1 / (1 + exp(-margin));

/** What a row adds up to. */
export function marginOf({ base, effects }: Linear, { at, value }: SparseRow): number {
  let sum = base;
  for (let k = 0; k < at.length; k++) sum += (effects[at[k] ?? 0] ?? 0) * (value[k] ?? 0);
  return sum;
}
