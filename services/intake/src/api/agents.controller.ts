import { CANARY_AGENT, OPERATOR } from '@handoff/contracts';
import { CallableBy, ServiceTokenGuard } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { askingAgents, unansweredAgents } from '../store/asking-agents.js';

/** How regularly each agent asks, and what it owes an answer to, for whoever runs the installation. */
@Controller('operator/v1/agents')
@UseGuards(ServiceTokenGuard)
@CallableBy(OPERATOR)
export class AgentsController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Get()
  async list() {
    const db = this.source.manager;
    const [now, asking, unanswered] = await Promise.all([databaseNow(db), askingAgents(db), unansweredAgents(db)]);
    return {
      now: now.toISOString(),
      asking: asking.filter(({ agent_id: agent }) => agent !== CANARY_AGENT), // which has an alert of its own
      unanswered,
    };
  }
}
