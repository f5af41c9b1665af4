import { AgentAbilities, validate } from '@handoff/contracts';
import { valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpCode, HttpStatus, Inject, Post, Put, UseGuards } from '@nestjs/common';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentRegister } from '../store/agent-register.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { objectIn } from './body.js';

/** What an agent says of itself, so that tasks find it. */
@Controller('v1/agents/me')
@UseGuards(AgentGuard)
export class AbilitiesController {
  constructor(@Inject(AgentRegister) private readonly register: AgentRegister) {}

  @Put()
  @HttpCode(HttpStatus.OK)
  async registers(@Caller() agent: CallingAgent, @Body() body: unknown) {
    const abilities = valueOrProblem(validate(AgentAbilities, { most_at_once: 1, ...valueOrProblem(objectIn(body)) }));
    return { alive_until: await this.register.register(agent, abilities) };
  }

  /** @throws Problem 404 where it has not said what it can do */
  @Post('heartbeat')
  @HttpCode(HttpStatus.OK)
  async beats(@Caller() agent: CallingAgent) {
    return { alive_until: await this.register.beat(agent) };
  }
}
