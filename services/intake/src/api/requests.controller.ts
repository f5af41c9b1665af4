import { Transactions } from '@handoff/bus';
import { fault, handoffAccepted, handoffReplied, newId, type Fault, type JsonObject } from '@handoff/contracts';
import { isUuid, Problem, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { readReply } from '../domain/read-reply.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { HandoffViews, type RequestView } from '../store/handoff-views.js';
import { Requests } from '../store/requests.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { objectIn } from './body.js';
import { handoffIdOf, notFound } from './handoffs.controller.js';

/** Withdrawals and context: asked for now, settled by the desk or by the decision. Replies to what people ask: taken at once. */
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

  /** To a question: `{question_id, text}`. */
  @Post('answers')
  @HttpCode(HttpStatus.ACCEPTED)
  answer(@Caller() agent: CallingAgent, @Param('id') id: string, @Body() body: unknown) {
    const { question_id: questionId, text } = fieldsOf(body);
    return this.ask(agent, id, {
      reply: 'answer',
      ...(questionId === undefined ? {} : { question_id: questionId }),
      ...(text === undefined ? {} : { text }),
    });
  }

  /** To a recall: `{reply: stopped | already_done, text}`. */
  @Post('recall')
  @HttpCode(HttpStatus.ACCEPTED)
  recall(@Caller() agent: CallingAgent, @Param('id') id: string, @Body() body: unknown) {
    const { reply, text } = fieldsOf(body);
    const word = (['stopped', 'already_done'] as const).find((it) => it === reply);
    if (!word) throw Problem.invalid([fault('reply', 'not_allowed_value', 'A recall is answered with "stopped" or "already_done".')]);
    return this.ask(agent, id, { reply: word, ...(text === undefined ? {} : { text }) });
  }

  /** Of a task that it was offered: `{reply: accept | refuse | progress | ask | deliver, offer_id, text?, delivery?, spent?, decisions?}`. */
  @Post('replies')
  @HttpCode(HttpStatus.ACCEPTED)
  reply(@Caller() agent: CallingAgent, @Param('id') id: string, @Body() body: unknown) {
    const { reply, offer_id, text, delivery, spent, decisions } = fieldsOf(body);
    const word = WORK_WORDS.find((it) => it === reply);
    if (!word) throw Problem.invalid([fault('reply', 'not_allowed_value', `reply must be one of ${WORK_WORDS.join(', ')}.`)]);
    const told = Object.entries({ offer_id, text, delivery, spent, decisions }).filter(([, it]) => it !== undefined);
    return this.ask(agent, id, { reply: word, ...(Object.fromEntries(told) as JsonObject) }); // fields of one, but those left out
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
    const ask = { ...valueOrProblem(readReply({ ...reply, handoff_id: handoffId })), ...agent, requestId: newId() };
    const outcome = await this.transactions.run(async (tx) => {
      const asked = (await this.requests.ask(tx, [ask])).get(ask);
      if (asked?.kind === 'asked' || asked?.kind === 'delivered') tx.publish(handoffAccepted, [asked.event]);
      if (asked?.kind === 'replied') tx.publish(handoffReplied, [asked.event]);
      return asked;
    });
    if (!outcome || outcome.kind === 'faults') throw problemOf(id, outcome?.faults ?? []);
    if (outcome.kind === 'delivered') return { state: 'taken', packet_version: outcome.packetVersion };
    if (ask.ask.type !== 'withdraw' && ask.ask.type !== 'add_context') return { state: 'taken' };
    const version = outcome.kind === 'asked' && outcome.packetVersion !== null ? { packet_version: outcome.packetVersion } : {};
    return { request_id: outcome.requestId, state: 'pending', ...version };
  }
}

const WORK_WORDS = ['accept', 'refuse', 'progress', 'ask', 'deliver'] as const;

const fieldsOf = (body: unknown): JsonObject => valueOrProblem(objectIn(body));

const CONFLICTS = [
  ...(['already_ended', 'unknown_question', 'already_answered', 'not_recalled'] as const),
  ...(['unknown_offer', 'not_holder', 'not_confirmed', 'already_delivered'] as const),
] as const;

function problemOf(id: string, faults: readonly Fault[]): Problem {
  const has = (code: Fault['code']) => faults.some((it) => it.code === code);
  if (has('unknown_handoff')) return notFound(id);
  const conflict = CONFLICTS.find(has);
  if (conflict) return new Problem(HttpStatus.CONFLICT, conflict, faults.map(({ message }) => message).join(' '), { errors: faults });
  return Problem.invalid(faults);
}
