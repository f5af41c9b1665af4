import { AGENT } from '@handoff/contracts';
import {
  forwardedBy,
  OtherServices,
  passOn,
  pathsOf,
  valueOrProblem,
  type ForwardReply,
  type ForwardRequest,
  type ServiceRequest,
} from '@handoff/runtime';
import { Controller, Get, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { FORWARDED } from '../domain/forwarded.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { objectIn } from './body.js';

const BASE = 'v1';

/** What another service owns, through the agents' one door: who asks is known from the key, and told to the service. */
@Controller(BASE)
@UseGuards(AgentGuard)
export class ForwardedController {
  constructor(@Inject(OtherServices) private readonly services: OtherServices) {}

  @Get(pathsOf(FORWARDED, 'GET'))
  async get(@Caller() agent: CallingAgent, @Req() request: ForwardRequest, @Res() reply: ForwardReply): Promise<void> {
    await this.forward(agent, request, reply);
  }

  @Post(pathsOf(FORWARDED, 'POST'))
  async post(@Caller() agent: CallingAgent, @Req() request: ForwardRequest, @Res() reply: ForwardReply): Promise<void> {
    await this.forward(agent, request, reply, { body: valueOrProblem(objectIn(request.body)) });
  }

  private async forward(
    { agentId, tenant }: CallingAgent,
    request: ForwardRequest,
    reply: ForwardReply,
    body: Pick<ServiceRequest, 'body'> = {},
  ): Promise<void> {
    const { route, path } = forwardedBy(FORWARDED, BASE, request);
    const who = { subject: agentId, roles: [AGENT], tenant };
    await passOn(route, await this.services.ask(route.service, who, { method: route.method, path, ...body }), reply);
  }
}
