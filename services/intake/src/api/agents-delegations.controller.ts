import { giverNamed } from '@handoff/contracts';
import { Body, Controller, Headers, Inject, Post, Res, UseGuards } from '@nestjs/common';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { PostDelegation } from './post-delegation.js';
import { tellTaken, type Reply } from './reply.js';

/** Tasks that an agent gives to agents, as an assistant does for the people it works for; people review what is delivered. */
@Controller('v1/agents/me/delegations')
@UseGuards(AgentGuard)
export class AgentsDelegationsController {
  constructor(@Inject(PostDelegation) private readonly delegations: PostDelegation) {}

  @Post()
  async delegate(
    @Caller() { agentId, tenant }: CallingAgent,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const taken = await this.delegations.take(body, { tenant, name: giverNamed(agentId) }, key || null);
    tellTaken(reply, taken);
    return { handoff_id: taken.handoffId, task_id: taken.taskId, status: taken.kind };
  }
}
