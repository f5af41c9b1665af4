import { days, type ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, Problem, ServiceTokenGuard, wordIn, type Query } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, Inject, Query as FromQuery, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { reportCsv } from '../domain/report-csv.js';
import type { SlaReport } from '../domain/sla-report.js';
import { later } from '../domain/watch.js';
import { SlaMonitorConfig } from '../sla-monitor.config.js';
import { readReport } from '../store/sla-reports.js';
import { readReportQuery } from './read-report-query.js';

const MOST_ROWS = 10_000;

/** How many decisions came in time: by urgency, team, level, agent and week. */
@Controller('v1/reports')
@UseGuards(ServiceTokenGuard)
export class ReportsController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig,
  ) {}

  @Get('sla')
  @CallableBy(...ANYBODY)
  async sla(
    @Caller() { tenant }: ServiceClaims,
    @FromQuery() query: Query,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SlaReport | string> {
    const isFile = wordIn(query, 'format', ['json', 'csv'] as const) === 'csv';
    const now = await databaseNow(this.source.manager);
    const range = readReportQuery(query, now);
    const rows = await readReport(this.source, tenant, range, MOST_ROWS);
    if (rows.length > MOST_ROWS)
      throw new Problem(422, 'too_many_rows', `A report has at most ${MOST_ROWS} rows; ask for a shorter time, or by fewer keys.`);
    const report: SlaReport = { ...range, complete_from: this.completeFrom(now), rows };
    if (!isFile) return report;
    void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="sla.csv"');
    return reportCsv(report);
  }

  private completeFrom(now: Date): Date | null {
    const { HANDOFF_DAYS } = this.config;
    return HANDOFF_DAYS === 0 ? null : later(now, -days(HANDOFF_DAYS));
  }
}
