import { readDelegation, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, ServiceTokenGuard, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, Headers, HttpCode, HttpStatus, Inject, Post, Res, UseGuards } from '@nestjs/common';
import { PostDelegation } from './post-delegation.js';
import type { Reply } from './reply.js';

/** Tasks that people give to agents; the door for people is notifier's, which says who asks. */
@Controller('v1/delegations')
@UseGuards(ServiceTokenGuard)
@CallableBy('responder', 'lead', 'admin')
export class DelegationsController {
  constructor(@Inject(PostDelegation) private readonly delegations: PostDelegation) {}

  /** What would be accepted, with nothing kept: the packet as everybody would read it. */
  @Post('preview')
  @HttpCode(HttpStatus.OK)
  async preview(@Caller() { subject: name, tenant }: ServiceClaims, @Body() body: unknown) {
    return { packet: valueOrProblem(readDelegation(await this.delegations.fill(body, { tenant, name }))) };
  }

  @Post()
  async delegate(
    @Caller() { subject: name, tenant }: ServiceClaims,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { kind, handoffId, taskId } = await this.delegations.take(body, { tenant, name }, key || null);
    reply.status(kind === 'accepted' ? HttpStatus.CREATED : HttpStatus.OK);
    return { handoff_id: handoffId, task_id: taskId, status: kind };
  }
}
