import { Body, Controller, Headers, HttpStatus, Inject, Post, Res, UseGuards } from '@nestjs/common';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { PostDelegation } from './post-delegation.js';

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
}

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
    const giver = { tenant, agentId, name: `agent:${agentId}` }; // nobody's name in the directory
    const { kind, handoffId, taskId } = await this.delegations.take(body, giver, key || null);
    reply.status(kind === 'accepted' ? HttpStatus.CREATED : HttpStatus.OK).header('location', `/v1/handoffs/${handoffId}`);
    return { handoff_id: handoffId, task_id: taskId, status: kind };
  }
}
