import { fault, type AuditEntry } from '@handoff/contracts';
import { Transactions } from '@handoff/bus';
import { cursorIn, instantIn, isUuid, numberIn, Problem, textIn, wordIn, type Query } from '@handoff/runtime';
import { Controller, Get, Inject, Query as FromQuery, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { auditCsv } from '../domain/audit-csv.js';
import { readAudit, type AuditFilter } from '../store/audit-log.js';
import { audit, deskAct } from '../store/decisions.js';
import type { SignedIn } from '../store/sessions.js';
import { leadsOnly } from './refusal.js';
import { Me, SessionGuard } from './session.guard.js';

const PAGE = 100;
const MOST_AT_ONCE = 1000;
const MOST_IN_A_FILE = 50_000;

/** Who did and saw what, when, from where: of a handoff, of a person, or of all; for leads and admins. */
@Controller('desk/v1/audit')
@UseGuards(SessionGuard)
export class AuditController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  @Get()
  async read(
    @Me() who: SignedIn,
    @FromQuery() query: Query,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly next: string | null } | string> {
    leadsOnly(who.person, 'read the audit log');
    const isFile = wordIn(query, 'format', ['json', 'csv'] as const) === 'csv';
    const filter = filterIn(query, isFile ? MOST_IN_A_FILE : MOST_AT_ONCE, isFile ? MOST_IN_A_FILE : PAGE);
    const found = await readAudit(this.source.manager, who.tenant, filter);
    return isFile ? this.file(who, filter, found.entries, reply) : found;
  }

  /** A file leaves the desk, so that it was made is in the log too. */
  private async file(who: SignedIn, filter: AuditFilter, entries: readonly AuditEntry[], reply: FastifyReply) {
    const details = { ...filter, entries: entries.length };
    await this.transactions.run((tx) => audit(tx, [deskAct(who, 'export_audit', details)]));
    void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="audit.csv"');
    return auditCsv(entries);
  }
}

function filterIn(query: Query, most: number, usual: number): AuditFilter {
  const handoffId = textIn(query, 'handoff_id');
  const [since, before] = [instantIn(query, 'since'), instantIn(query, 'before')];
  const after = cursorIn(query);
  if (handoffId !== null && !isUuid(handoffId))
    throw Problem.invalid([fault('handoff_id', 'bad_format', 'handoff_id must be the id of a handoff.')]);
  const limit = numberIn(query, 'limit', { or: usual, min: 1, max: most });
  return { handoffId, subject: textIn(query, 'subject'), act: textIn(query, 'act'), since, before, after, limit };
}
