import {
  DEAD_LETTER_STATES,
  DeadLetterReplay,
  findDeadLetter,
  listDeadLetters,
  type DeadLetterFilter,
  type DeadLetterLine,
  type DeadLetterRow,
  type Dismissal,
  type Replay,
  type Settled,
} from '@handoff/bus';
import { assertNever, days, OPERATOR, type ServiceClaims } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { Controller, Get, HttpCode, Inject, Param, Post, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HANDOFF_DAYS } from './kept-days.js';
import { CallableBy, Caller, ServiceTokenGuard } from './service-token.guard.js';
import { Problem } from './problem.js';
import { cursorIn, isUuid, numberIn, textIn, wordIn, type Query } from './read-query.js';

const MOST_AGO_SECONDS = 10 * 365 * 86_400;

/** What this service could not take: listed, shown, replayed or dismissed. */
@Controller('operator/v1/dead-letters')
@UseGuards(ServiceTokenGuard)
@CallableBy(OPERATOR)
export class DeadLettersController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(DeadLetterReplay) private readonly replays: DeadLetterReplay,
    @Inject(HANDOFF_DAYS) private readonly handoffDays: number,
  ) {}

  @Get()
  async list(@FromQuery() query: Query) {
    const page = { limit: numberIn(query, 'limit', { or: 100, min: 1, max: 500 }), after: cursorIn(query) };
    const { items, next } = await listDeadLetters(this.source.manager, filterIn(query), page);
    return { items: items.map(lineView), next };
  }

  /** The bytes as they came, those of agents' records masked, in base64: what they are is for the reader to find out. */
  @Get(':id')
  async show(@Param('id') id: string) {
    const row = await findDeadLetter(this.source.manager, idIn(id));
    if (!row) throw notFound(id);
    const recordAt = row.record_timestamp === null ? null : new Date(Number(row.record_timestamp)).toISOString();
    return { ...lineView(row), record_at: recordAt, headers_base64: headersOf(row), value_base64: row.value?.toString('base64') ?? null };
  }

  @Post(':id/replay')
  @HttpCode(200)
  async replay(@Param('id') id: string, @Caller() { subject }: ServiceClaims) {
    await this.refuseOlderThanItsHandoff(idIn(id));
    return replayView(id, await this.replays.replay(idIn(id), subject));
  }

  /** For one that is not to be replayed. */
  @Post(':id/dismiss')
  @HttpCode(200)
  async dismiss(@Param('id') id: string, @Caller() { subject }: ServiceClaims) {
    return dismissalView(id, await this.replays.dismiss(idIn(id), subject));
  }

  /** Its handoff may have ended and be gone since; taken now, it would begin one that nobody waits for. */
  private async refuseOlderThanItsHandoff(id: string): Promise<void> {
    const row = this.handoffDays === 0 ? null : await findDeadLetter(this.source.manager, id);
    if (!row || row.replayed_at) return;
    const writtenAt = new Date(Number(row.record_timestamp ?? row.died_at));
    const since = (await databaseNow(this.source.manager)).getTime() - days(this.handoffDays - 1) * 1000;
    if (writtenAt.getTime() >= since) return;
    const told = `The record is of ${writtenAt.toISOString()}, and this service keeps an ended handoff for ${this.handoffDays} days`;
    throw new Problem(409, 'too_old', `${told}: whether its own has ended cannot be told any more, so nothing was done.`);
  }
}

/** Name and base64 of each, in their order; null for one without a value. */
function headersOf({ raw_headers: raw, headers }: DeadLetterRow): readonly (readonly [string, string | null])[] {
  return raw ?? Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('base64')] as const);
}

function filterIn(query: Query): DeadLetterFilter {
  return {
    state: wordIn(query, 'state', DEAD_LETTER_STATES) ?? 'waiting',
    topic: textIn(query, 'topic'),
    code: textIn(query, 'code'),
    olderThan: secondsIn(query, 'older_than'),
    newerThan: secondsIn(query, 'newer_than'),
  };
}

const secondsIn = (query: Query, name: string): number | null =>
  textIn(query, name) === null ? null : numberIn(query, name, { or: 0, min: 0, max: MOST_AGO_SECONDS });

function idIn(id: string): string {
  if (!isUuid(id)) throw notFound(id);
  return id;
}

const notFound = (id: string): Problem => new Problem(404, 'not_found', `This service has no dead letter ${id}.`);

function lineView({ key, topic, partition, offset, ...line }: DeadLetterLine) {
  const { id, code, message, bytes, refused, attempts, attempted_by, last_error } = line;
  return {
    ...{ id, topic, partition, offset, key_base64: key?.toString('base64') ?? null, bytes, code, message, refused },
    ...{ state: stateOf(line), died_at: line.died_at, attempts },
    ...{ attempted_at: line.attempted_at, attempted_by, last_error, replayed_at: line.replayed_at },
  };
}

function replayView(id: string, replay: Replay) {
  switch (replay.kind) {
    case 'replayed':
      return { id, state: 'replayed', replayed_at: replay.at, attempts: replay.attempts };
    case 'failed':
      throw new Problem(422, 'failed_again', `It failed again and is kept as it was: ${replay.error}`, { attempts: replay.attempts });
    default:
      throw settledBefore(id, replay);
  }
}

function dismissalView(id: string, dismissal: Dismissal) {
  if (dismissal.kind !== 'dismissed') throw settledBefore(id, dismissal);
  return { id, state: 'dismissed', dismissed_at: dismissal.at };
}

function settledBefore(id: string, settled: Settled): Problem {
  switch (settled.kind) {
    case 'already-replayed':
      return alreadyProblem('replayed', settled);
    case 'already-dismissed':
      return alreadyProblem('dismissed', settled);
    case 'unknown':
      return notFound(id);
    default:
      return assertNever(settled);
  }
}

const alreadyProblem = (what: 'replayed' | 'dismissed', { at, by }: { readonly at: Date; readonly by: string | null }): Problem =>
  new Problem(409, `already_${what}`, `${by ?? 'Somebody'} ${what} it at ${at.toISOString()}; nothing was done now.`, {
    [`${what}_at`]: at,
    [`${what}_by`]: by,
  });

const stateOf = ({ replayed_at: at, dismissed }: Pick<DeadLetterLine, 'replayed_at' | 'dismissed'>) =>
  at === null ? 'waiting' : dismissed ? 'dismissed' : 'replayed';
