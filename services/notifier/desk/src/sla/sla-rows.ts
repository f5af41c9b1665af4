import type { SlaKey } from './sla-question.js';

/** What sla-monitor answers under /v1/reports/sla, field for field. */
export interface SlaReport {
  readonly from: string;
  readonly until: string;
  readonly by: readonly SlaKey[];
  readonly rows: readonly SlaRow[];
}

export interface SlaRow extends Readonly<Partial<Record<SlaKey, string | null>>> {
  readonly decided: number;
  readonly met: number;
  /** The share of what was decided that was decided in time, 0 to 1; null where nothing was. */
  readonly attainment: number | null;
  readonly median_seconds: number | null;
  /** Nine of ten were decided within it. */
  readonly p90_seconds: number | null;
  readonly breached_levels: number;
}

export function inTotal(rows: readonly SlaRow[]): { readonly decided: number; readonly met: number; readonly attainment: number | null } {
  const decided = rows.reduce((sum, row) => sum + row.decided, 0);
  const met = rows.reduce((sum, row) => sum + row.met, 0);
  return { decided, met, attainment: decided === 0 ? null : met / decided };
}

/** Never rounded up to all, nor down to none, where it is not. */
export function percentOf(attainment: number | null): string {
  if (attainment === null) return '–';
  const percent = Math.round(attainment * 1000) / 10;
  if (percent === 100 && attainment < 1) return '> 99.9 %';
  if (percent === 0 && attainment > 0) return '< 0.1 %';
  return `${percent} %`;
}
