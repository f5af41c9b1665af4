import { describe, expect, it } from '@jest/globals';
import { reportCsv } from './report-csv.js';
import type { ReportRow, SlaReport } from './sla-report.js';

const row = (over: Partial<ReportRow>): ReportRow => ({
  ...{ decided: 3, met: 2, attainment: 0.6667, median_seconds: 61.5, p90_seconds: 800, breached_levels: 1, open: 2, late: 0 },
  ...over,
});

const report = (by: SlaReport['by'], rows: readonly ReportRow[]): SlaReport => ({
  ...{ from: new Date(0), until: new Date(1), complete_from: null },
  by,
  rows,
});

describe('a report as a file', () => {
  it('has a column for each key and figure, and a line for each row', () => {
    expect(reportCsv(report(['team', 'week'], [row({ team: 'support, 1st', week: '2026-03-02' })]))).toBe(
      'team,week,decided,met,attainment,median_seconds,p90_seconds,breached_levels,open,late\r\n"support, 1st",2026-03-02,3,2,0.6667,61.5,800,1,2,0\r\n',
    );
  });

  it('has its heading where nothing was found, and leaves out what is not known', () => {
    expect(reportCsv(report(['level'], []))).toBe('level,decided,met,attainment,median_seconds,p90_seconds,breached_levels,open,late\r\n');
    expect(reportCsv(report(['agent'], [row({ agent: null, attainment: null })]))).toContain('\r\n,3,2,,61.5,');
  });

  it.each(['=', '+', '-', '@'])('runs nothing where an agent’s name begins with %s', (sign) => {
    expect(reportCsv(report(['agent'], [row({ agent: `${sign}HYPERLINK("https://evil.test")` })]))).toContain(`'${sign}HYPERLINK`);
  });
});
