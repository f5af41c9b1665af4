import { rows, type EntityManager } from '@handoff/store';
import type { Drift } from '../model/calibration-drift.js';

/** How well the champion, or the last one, has told what came since it was made. */
export interface ModelHealth {
  readonly version: string | null;
  readonly cases: number;
  readonly ece: number | null;
  readonly statistic: number;
  readonly bound: number;
  readonly is_off: boolean;
  readonly judged_until: Date;
}

export async function readHealth(db: EntityManager): Promise<ModelHealth | null> {
  const [row] = await rows<ModelHealth>(db, 'SELECT version, cases, ece, statistic, bound, is_off, judged_until FROM model_health');
  return row ?? null;
}

interface Told {
  readonly version: string;
  readonly cases: number;
  readonly ece: number | null;
  readonly drift: Drift;
}

export async function keepHealth(db: EntityManager, champion: Told | null, judgedUntil: Date): Promise<void> {
  const { version = null, cases = 0, ece = null, drift = { statistic: 0, bound: 0, isOff: false } } = champion ?? {};
  await rows(
    db,
    `INSERT INTO model_health (version, cases, ece, statistic, bound, is_off, judged_until) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (only_row) DO UPDATE SET version = $1, cases = $2, ece = $3, statistic = $4, bound = $5, is_off = $6, judged_until = $7`,
    [version, cases, ece, drift.statistic, drift.bound, drift.isOff, judgedUntil],
  );
}
