import { Transactions } from '@handoff/bus';
import { handoffAccepted, newId, type Fault, type JsonObject } from '@handoff/contracts';
import { isUuid, Problem } from '@handoff/runtime';
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { readReply } from '../domain/read-reply.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { HandoffViews, type RequestView } from '../store/handoff-views.js';
import { Requests } from '../store/requests.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { objectIn } from './body.js';
import { handoffIdOf, notFound } from './handoffs.controller.js';

/** Withdrawals and context: asked for now, settled by the desk or by the decision. */
@Controller('v1/handoffs/:id')
@UseGuards(AgentGuard)
export class RequestsController {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Requests) private readonly requests: Requests,
    @Inject(HandoffViews) private readonly views: HandoffViews,
  ) {}

  @Post('withdraw')
  @HttpCode(HttpStatus.ACCEPTED)
  withdraw(@Caller() agent: CallingAgent, @Param('id') id: string, @Body() body: unknown) {
    const { reason } = fieldsOf(body);
    return this.ask(agent, id, { reply: 'withdraw', ...(reason === undefined ? {} : { reason }) });
  }

  @Post('context')
  @HttpCode(HttpStatus.ACCEPTED)
  addContext(@Caller() agent: CallingAgent, @Param('id') id: string, @Body() body: unknown) {
    const { context } = fieldsOf(body);
    return this.ask(agent, id, { reply: 'add_context', ...(context === undefined ? {} : { context }) });
  }

  @Get('requests/:request')
  async read(@Caller() agent: CallingAgent, @Param('id') id: string, @Param('request') requestId: string): Promise<RequestView> {
    const request = isUuid(requestId) ? await this.views.request(agent, handoffIdOf(id), requestId) : null;
    if (!request)
      throw new Problem(HttpStatus.NOT_FOUND, 'not_found', `There is no request ${requestId.slice(0, 64)} on handoff ${id.slice(0, 64)}.`);
    return request;
  }

  private async ask(agent: CallingAgent, id: string, reply: JsonObject) {
    const handoffId = handoffIdOf(id);
    const read = readReply({ ...reply, handoff_id: handoffId });
    if (read.kind === 'faults') throw Problem.invalid(read.faults);
    const ask = { ...read.value, ...agent, requestId: newId() };
    const outcome = await this.transactions.run(async (tx) => {
      const asked = (await this.requests.ask(tx, [ask])).get(ask);
      if (asked?.kind === 'asked') tx.publish(handoffAccepted, [asked.event]);
      return asked;
    });
    if (!outcome || outcome.kind === 'faults') throw problemOf(id, outcome?.faults ?? []);
    const version = outcome.kind === 'asked' && outcome.packetVersion !== null ? { packet_version: outcome.packetVersion } : {};
    return { request_id: outcome.requestId, state: 'pending', ...version };
  }
}

function fieldsOf(body: unknown): JsonObject {
  const read = objectIn(body);
  if (read.kind === 'faults') throw Problem.invalid(read.faults);
  return read.value;
}

function problemOf(id: string, faults: readonly Fault[]): Problem {
  const has = (code: Fault['code']) => faults.some((it) => it.code === code);
  if (has('unknown_handoff')) return notFound(id);
  if (has('already_ended'))
    return new Problem(HttpStatus.CONFLICT, 'already_ended', faults.map(({ message }) => message).join(' '), { errors: faults });
  return Problem.invalid(faults);
}
