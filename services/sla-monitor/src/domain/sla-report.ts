import type { Seconds } from '@handoff/contracts';

/** What a report's rows stand for. */
export const REPORT_KEYS = ['urgency', 'team', 'level', 'agent', 'week'] as const;
export type ReportKey = (typeof REPORT_KEYS)[number];

export interface ReportRange {
  /** Of handoffs that were accepted from here on, and before there. */
  readonly from: Date;
  readonly until: Date;
  readonly by: readonly ReportKey[];
}

/** Attainment counts settled results alone; what is open, and late already, stands beside it. */
export interface ReportFigures {
  /** By a person, with the SLA's result settled. */
  readonly decided: number;
  readonly met: number;
  /** From 0 to 1; null where nothing was decided. */
  readonly attainment: number | null;
  readonly median_seconds: Seconds | null;
  readonly p90_seconds: Seconds | null;
  /** Levels that let their time pass, each once a handoff. */
  readonly breached_levels: number;
  readonly open: number;
  /** Open, and past the SLA. */
  readonly late: number;
}

export type ReportRow = Partial<Readonly<Record<ReportKey, string | number | null>>> & ReportFigures;

export interface SlaReport extends ReportRange {
  /** Ended handoffs that were accepted earlier may have been deleted by age; null where they are kept for good. */
  readonly complete_from: Date | null;
  readonly rows: readonly ReportRow[];
}
