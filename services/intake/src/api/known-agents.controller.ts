import type { ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, ServiceTokenGuard } from '@handoff/runtime';
import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { knownAgents } from '../store/known-agents.js';

/** Whom a task can be given to; the door for people is notifier's. */
@Controller('v1/agents')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class KnownAgentsController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Get()
  async list(@Caller() { tenant }: ServiceClaims) {
    return { agents: await knownAgents(this.source.manager, tenant) };
  }
}
