import { OPERATOR, type HandoffId, type HistoryLine, type HistoryPart, type ServiceClaims, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { Controller, Get, Inject, Param, ParseUUIDPipe, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ANYBODY, CallableBy, Caller, ServiceTokenGuard } from './service-token.guard.js';

export const HISTORY = Symbol('History');

export interface HistoryAsked {
  readonly tenant: TenantId;
  readonly handoffId: HandoffId;
  /** Who looked at it, and what a receiver of ours answered, is for those who may read the audit log. */
  readonly mayAudit: boolean;
}

/** What this service knows of a handoff, in any order; nothing where it has never heard of it. */
export type ReadHistory = (db: EntityManager, asked: HistoryAsked) => Promise<readonly HistoryLine[]>;

const AUDITORS: readonly string[] = ['lead', 'admin', OPERATOR];

/** This service's part of a handoff's history; the parts are put together at the people's door. */
@Controller('v1/handoffs')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class HistoryController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(HISTORY) private readonly read: ReadHistory,
  ) {}

  @Get(':id/history')
  async history(@Param('id', ParseUUIDPipe) handoffId: HandoffId, @Caller() caller: ServiceClaims): Promise<HistoryPart> {
    return { lines: await readPart(this.source.manager, this.read, handoffId, caller) };
  }
}

/** The same for a caller within the service. */
export async function readPart(
  db: EntityManager,
  read: ReadHistory,
  handoffId: HandoffId,
  { tenant, roles }: Pick<ServiceClaims, 'tenant' | 'roles'>,
): Promise<readonly HistoryLine[]> {
  const own = await read(db, { tenant, handoffId, mayAudit: roles.some((role) => AUDITORS.includes(role)) });
  // A dead letter does not say whose it is: it is told to those who know the handoff, and to operators.
  const dead = own.length > 0 || roles.includes(OPERATOR) ? await deadLetters(db, handoffId) : [];
  return [...own, ...dead].toSorted((one, other) => one.at.localeCompare(other.at));
}

interface DeadRow {
  readonly topic: string;
  readonly code: string;
  readonly died_at: Date;
  readonly replayed_at: Date | null;
  readonly attempted_by: string | null;
  readonly dismissed: boolean;
}

/** Records about it that this service could not take; what was in them is for operators to see. */
async function deadLetters(db: EntityManager, handoffId: HandoffId): Promise<readonly HistoryLine[]> {
  const found = await rows<DeadRow>(
    db,
    `SELECT topic, error_code AS code, died_at, replayed_at, attempted_by, dismissed FROM dead_letters WHERE key = convert_to($1, 'UTF8') ORDER BY died_at LIMIT 50`,
    [handoffId],
  );
  return found.flatMap(({ topic, code, died_at, replayed_at, attempted_by: who, dismissed }) => {
    const line = { event: 'dead_letter', trace_id: null } as const;
    const died = { ...line, at: died_at.toISOString(), who: null, text: `A record of ${topic} could not be taken (${code}); it is kept` };
    const settled = dismissed ? 'was dismissed' : 'was taken after all';
    return replayed_at ? [died, { ...line, at: replayed_at.toISOString(), who, text: `That record of ${topic} ${settled}` }] : [died];
  });
}
