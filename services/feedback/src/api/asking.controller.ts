import { AGENT, fault, type AgentId, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, numberIn, Problem, ServiceTokenGuard, textIn, type Query } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, HttpStatus, Inject, Param, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { askingByWeek } from '../domain/asking-by-week.js';
import { digest } from '../domain/digest.js';
import { readWeek, weekOf, weeksUpTo, type Week } from '../domain/iso-week.js';
import { FeedbackConfig } from '../feedback.config.js';
import { aloneTasks, askedCounts, askedTasks, unaskedTasks } from '../store/asking.js';

/** How right agents were to ask, and not to; the doors are intake's for an agent itself, and notifier's for leads. */
@Controller('v1')
@UseGuards(ServiceTokenGuard)
export class AskingController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(FeedbackConfig) private readonly config: FeedbackConfig,
  ) {}

  /** One agent's week, with the handoffs behind each figure; this week unless another is named. */
  @Get('agents/:agent/digest')
  @CallableBy(AGENT, 'lead', 'admin')
  async digest(@Caller() caller: ServiceClaims, @Param('agent') agent: string, @FromQuery() query: Query) {
    const agentId = agentIn(agent, caller);
    const db = this.source.manager;
    const { name, from, until } = weekIn(query) ?? weekOf(await databaseNow(db));
    const span = { tenant: caller.tenant, from, until };
    const [asked, unasked] = await Promise.all([askedTasks(db, span, agentId), unaskedTasks(db, span, agentId)]);
    return {
      agent_id: agentId,
      week: name,
      from: from.toISOString(),
      until: until.toISOString(),
      ...digest(asked, unasked, this.config.AUDIT_ACCURACY),
    };
  }

  /** Every agent's two error rates, week by week up to this one. */
  @Get('asking')
  @CallableBy('lead', 'admin')
  async asking(@Caller() { tenant }: ServiceClaims, @FromQuery() query: Query) {
    const db = this.source.manager;
    const count = numberIn(query, 'weeks', { or: 12, min: 1, max: 52 });
    const weeks = weeksUpTo(weekOf(await databaseNow(db)), count);
    const span = { tenant, from: weeks[0]?.from ?? new Date(0), until: weeks.at(-1)?.until ?? new Date(0) };
    const [asked, alone] = await Promise.all([askedCounts(db, span), aloneTasks(db, span)]);
    return { weeks: weeks.map(({ name }) => name), agents: askingByWeek(weeks, asked, alone, this.config.AUDIT_ACCURACY) };
  }
}

/** An agent reads of itself, also as `me`. */
function agentIn(named: string, { subject, roles }: ServiceClaims): AgentId {
  if (!roles.includes(AGENT)) return named as AgentId; // compared with stored ones, and with nothing else
  if (named === 'me' || named === subject) return subject as AgentId;
  throw new Problem(HttpStatus.NOT_FOUND, 'not_found', `This key is not that of ${named.slice(0, 64)}.`);
}

function weekIn(query: Query): Week | null {
  const name = textIn(query, 'week');
  const week = name === null ? null : readWeek(name);
  if (name !== null && week === null)
    throw Problem.invalid([fault('week', 'bad_format', 'week must be one of ISO 8601, such as 2026-W48.')]);
  return week;
}
