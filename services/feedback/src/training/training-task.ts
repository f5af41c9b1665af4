import type { Drift } from '../model/calibration-drift.js';
import type { Comparison } from '../model/compare-models.js';

/** What a worker is asked. It reads the store and writes nothing. */
export interface TrainingTask {
  readonly databaseUrl: string;
  readonly schema: string;
  readonly work: { readonly kind: 'train'; readonly fewest: number } | { readonly kind: 'judge' };
}

/** How the champion and the challenger have told what came after they were made. */
export interface Judged {
  readonly champion: { readonly version: string; readonly drift: Drift; readonly cases: number; readonly ece: number | null } | null;
  readonly challenger: { readonly version: string; readonly comparison: Comparison; readonly against: string | null } | null;
}
