import { AGENT, type AgentId, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, cursorIn, numberIn, ServiceTokenGuard, type Query } from '@handoff/runtime';
import { Controller, Get, Inject, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { givenFeedback } from '../store/given-feedback.js';

/** What an agent heard back, for one that reads no topic; the door is intake's. */
@Controller('v1/feedback')
@UseGuards(ServiceTokenGuard)
@CallableBy(AGENT)
export class FeedbackController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** The oldest first; `next` is where the list goes on, also where there is nothing more yet. */
  @Get()
  async list(@Caller() { subject, tenant }: ServiceClaims, @FromQuery() query: Query) {
    const after = cursorIn(query);
    const limit = numberIn(query, 'limit', { or: 50, min: 1, max: 200 });
    const found = await givenFeedback(this.source.manager, { tenant, agentId: subject as AgentId }, after, limit);
    const last = found.at(-1) ?? after;
    return { feedback: found.map(({ us: _, id: __, ...given }) => given), next: last ? `${last.us}_${last.id}` : null };
  }
}
