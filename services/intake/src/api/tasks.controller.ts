import type { HandoffId, ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, ServiceTokenGuard } from '@handoff/runtime';
import { rows } from '@handoff/store';
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';

const MOST = 20;

/** Which handoffs a task has, for whoever knows it by its agent's name alone. */
@Controller('v1/tasks')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class TasksController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** The newest first. */
  @Get(':task/handoffs')
  async handoffs(@Param('task') task: string, @Caller() { tenant }: ServiceClaims) {
    const items = await rows<{ handoff_id: HandoffId }>(
      this.source.manager,
      `SELECT handoff_id, agent_id, status, accepted_at FROM handoffs WHERE tenant = $1 AND task_id = $2 ORDER BY number DESC LIMIT ${MOST}`,
      [tenant, task],
    );
    return { items };
  }
}
