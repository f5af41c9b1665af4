import type { AgentId, HandoffId, ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, ServiceTokenGuard } from '@handoff/runtime';
import { rows } from '@handoff/store';
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Status } from '../domain/progress.js';

const MOST = 20;

interface HandoffOfTask {
  readonly handoff_id: HandoffId;
  readonly agent_id: AgentId;
  readonly status: Status;
  readonly accepted_at: Date | null;
}

/** Which handoffs a task has, for whoever knows it by its agent's name alone. */
@Controller('v1/tasks')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class TasksController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** The newest first. */
  @Get(':task/handoffs')
  async handoffs(@Param('task') task: string, @Caller() { tenant }: ServiceClaims) {
    const items = await rows<HandoffOfTask>(
      this.source.manager,
      `SELECT handoff_id, agent_id, status, accepted_at FROM handoffs WHERE tenant = $1 AND task_id = $2 ORDER BY number DESC LIMIT ${MOST}`,
      [tenant, task],
    );
    return { items };
  }
}
