import { fault } from '@handoff/contracts';
import { Problem, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Inject, Put, UseGuards } from '@nestjs/common';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentWebhooks, type WebhookView } from '../store/agent-webhooks.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { objectIn } from './body.js';

const LONGEST_URL = 2048;

/** Where this agent is told what there is to act on, after Standard Webhooks; one address an agent. */
@Controller('v1/agents/me/webhook')
@UseGuards(AgentGuard)
export class WebhookController {
  constructor(@Inject(AgentWebhooks) private readonly webhooks: AgentWebhooks) {}

  /** `{url}`; the answer has the secret that its signatures are checked with, this once. */
  @Put()
  @HttpCode(HttpStatus.OK)
  async register(@Caller() agent: CallingAgent, @Body() body: unknown) {
    const { url = null } = valueOrProblem(objectIn(body));
    if (typeof url !== 'string' || !isWebAddress(url))
      throw Problem.invalid([fault('url', 'bad_format', 'url is the http or https address that events are sent to.')]);
    return { url, state: 'on', secret: await this.webhooks.register(agent, url) };
  }

  @Get()
  async show(@Caller() agent: CallingAgent): Promise<WebhookView> {
    const found = await this.webhooks.find(agent);
    if (!found) throw new Problem(HttpStatus.NOT_FOUND, 'not_found', 'This agent has no webhook: PUT /v1/agents/me/webhook {url}.');
    return found;
  }

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@Caller() agent: CallingAgent): Promise<void> {
    return this.webhooks.remove(agent);
  }
}

/** Whether it may be reached is judged when it is, as a name may be bound anew. */
const isWebAddress = (url: string): boolean => url.length <= LONGEST_URL && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
