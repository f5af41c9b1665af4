import type { TaskId } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { Controller, Get, HttpStatus, Inject, Param, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { holderOf } from '../domain/holder-of.js';
import { tellHands } from '../domain/tell-hands.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { handsOf } from '../store/task-hands.js';
import { AgentGuard, Caller } from './agent.guard.js';

/** The chain of hands that a task went through, for whoever is or was one of them. */
@Controller('v1/tasks')
@UseGuards(AgentGuard)
export class HandsController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Get(':id')
  async show(@Caller() agent: CallingAgent, @Param('id') id: string) {
    const handoffs = await handsOf(this.source.manager, agent, id as TaskId); // compared with stored ones, and with nothing else
    if (handoffs.length === 0)
      throw new Problem(HttpStatus.NOT_FOUND, 'not_found', `There is no task ${id.slice(0, 64)} that this agent had a part in.`);
    return { task_id: id, holder: holderOf(handoffs), handoffs, history: tellHands(handoffs) };
  }
}
