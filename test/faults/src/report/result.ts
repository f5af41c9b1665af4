import type { Finding } from '../check/finding.js';

export interface FaultResult {
  readonly name: string;
  readonly injected: number;
  /** The slowest; null where nothing was there to recover from. */
  readonly recovered_ms_max: number | null;
  readonly duplicates_absorbed: number;
  readonly lost: number;
  readonly doubled: number;
}

/** The one line of `--json`. */
export interface RunResult {
  readonly handoffs: number;
  readonly seed: number;
  readonly faults: readonly FaultResult[];
  readonly invariants_broken: readonly Finding[];
}
