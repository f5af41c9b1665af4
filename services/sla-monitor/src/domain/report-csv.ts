import { stringify } from 'csv-stringify/sync';
import type { ReportFigures, SlaReport } from './sla-report.js';

const FIGURES: readonly (keyof ReportFigures)[] = [
  'decided',
  'met',
  'attainment',
  'median_seconds',
  'p90_seconds',
  'breached_levels',
  'open',
  'late',
];

/** RFC 4180. Agents name themselves: what a spreadsheet would take for a formula begins with an apostrophe. */
export function reportCsv({ by, rows }: SlaReport): string {
  return stringify([...rows], { header: true, columns: [...by, ...FIGURES], escape_formulas: true, record_delimiter: 'windows' });
}
