import type { Violation } from './violation.js';

/** A broken invariant with what is needed to look into it. */
export interface Finding extends Violation {
  readonly fault: string;
  readonly taskId: string | null;
  readonly handoffId: string | null;
  /** Every event of that id, in order, one line each. */
  readonly history: readonly string[];
}

export interface Checked {
  readonly handoffs: number;
  readonly findings: readonly Finding[];
  /** By the fault under which they happened. */
  readonly absorbed: ReadonlyMap<string, number>;
}
