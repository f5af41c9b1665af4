import { Body, Controller, Headers, Inject, Post, Res, UseGuards } from '@nestjs/common';
import type { CallingAgent } from '../store/agent-keys.js';
import { HandoffViews } from '../store/handoff-views.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { bytesOf } from './body.js';
import { notFound } from './handoffs.controller.js';
import { acceptanceIn, PostHandoff } from './post-handoff.js';
import { tellTaken, type Reply } from './reply.js';

/** What an agent passes on to another one; how that goes is read like any of its handoffs. */
@Controller('v1/transfers')
@UseGuards(AgentGuard)
export class TransfersController {
  constructor(
    @Inject(PostHandoff) private readonly posts: PostHandoff,
    @Inject(HandoffViews) private readonly views: HandoffViews,
  ) {}

  @Post()
  async passOn(
    @Caller() agent: CallingAgent,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const posted = await this.posts.ofAgent('transfer', agent, bytesOf(body), key || null);
    const found = await this.views.find(agent, posted.handoffId);
    if (!found) throw notFound(posted.handoffId);
    tellTaken(reply, posted);
    return acceptanceIn(found.view);
  }
}
