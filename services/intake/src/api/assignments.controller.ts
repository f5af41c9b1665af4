import { numberIn, wordIn, type Query } from '@handoff/runtime';
import { Controller, Get, Inject, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallingAgent } from '../store/agent-keys.js';
import { offersTo } from '../store/offer-views.js';
import { AgentGuard, Caller } from './agent.guard.js';

const STATES = ['offered', 'confirmed', 'delivered', 'lapsed', 'cancelled'] as const;

/** What an agent that reads no topic asks: what is offered to me, what do I have. */
@Controller('v1/assignments')
@UseGuards(AgentGuard)
export class AssignmentsController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Get()
  async list(@Caller() agent: CallingAgent, @FromQuery() query: Query) {
    const state = wordIn(query, 'state', STATES);
    const limit = numberIn(query, 'limit', { or: 50, min: 1, max: 200 });
    return { assignments: await offersTo(this.source.manager, agent, state, limit) };
  }
}
