import type { SlaKey } from './sla-question.js';

/** What sla-monitor answers under /v1/reports/sla, field for field. */
export interface SlaReport {
  readonly from: string;
  readonly until: string;
  readonly by: readonly SlaKey[];
  /** What was asked earlier may have been deleted by age; null where it is kept for good. */
  readonly complete_from: string | null;
  readonly rows: readonly SlaRow[];
}

export interface SlaRow extends Readonly<Partial<Record<SlaKey, string | number | null>>> {
  readonly decided: number;
  readonly met: number;
  /** The share of what was decided that was decided in time, 0 to 1; null where nothing was. */
  readonly attainment: number | null;
  readonly median_seconds: number | null;
  /** Nine of ten were decided within it. */
  readonly p90_seconds: number | null;
  /** Levels that let their time pass, each once a handoff. */
  readonly breached_levels: number;
  readonly open: number;
  /** Of those, past their SLA. */
  readonly late: number;
}

export type SlaTotal = Pick<SlaRow, 'decided' | 'met' | 'attainment' | 'open' | 'late'>;

export function inTotal(rows: readonly SlaRow[]): SlaTotal {
  const sumOf = (figure: 'decided' | 'met' | 'open' | 'late') => rows.reduce((sum, row) => sum + row[figure], 0);
  const [decided, met] = [sumOf('decided'), sumOf('met')];
  return { decided, met, attainment: decided === 0 ? null : met / decided, open: sumOf('open'), late: sumOf('late') };
}

/** Never rounded up to all, nor down to none, where it is not. */
export function percentOf(attainment: number | null): string {
  if (attainment === null) return '–';
  const percent = Math.round(attainment * 1000) / 10;
  if (percent === 100 && attainment < 1) return '> 99.9 %';
  if (percent === 0 && attainment > 0) return '< 0.1 %';
  return `${percent} %`;
}
