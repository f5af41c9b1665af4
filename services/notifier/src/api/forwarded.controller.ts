import { Transactions } from '@handoff/bus';
import { isJsonObject, type JsonObject } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { Controller, Delete, Get, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { changeDetails } from '../domain/change-details.js';
import { addressOf, FORWARDED, type ForwardedRoute } from '../domain/forwarded-route.js';
import { canBePassedOn, noAnswerProblem } from '../forward/no-answer-problem.js';
import { OtherServices, type Answered, type NoAnswer } from '../forward/other-services.js';
import { audit, deskAct } from '../store/decisions.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

const BASE = 'desk/v1';
const PASSED_ON = ['content-type', 'content-disposition', 'retry-after'];

const pathsOf = (method: ForwardedRoute['method']): string[] => FORWARDED.filter((it) => it.method === method).map(({ path }) => path);

/** What other services own, through the people's one door: who asks is known from the session, and told to the service. */
@Controller(BASE)
@UseGuards(SessionGuard)
export class ForwardedController {
  constructor(
    @Inject(OtherServices) private readonly services: OtherServices,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  @Get(pathsOf('GET'))
  async read(@Me() who: SignedIn, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forward(who, request, reply);
  }

  @Post(pathsOf('POST'))
  async post(@Me() who: SignedIn, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isJsonObject(request.body)) throw new Problem(415, 'not_json', 'Send a JSON object.');
    await this.forward(who, request, reply, request.body);
  }

  @Delete(pathsOf('DELETE'))
  async remove(@Me() who: SignedIn, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forward(who, request, reply);
  }

  private async forward(who: SignedIn, request: FastifyRequest, reply: FastifyReply, body?: JsonObject): Promise<void> {
    const route = routeOf(request);
    const params = request.params as Readonly<Record<string, string>>; // as the router read them from the path
    const path = route && addressOf(route, params, new URL(request.url, 'http://desk').search);
    if (!route || !path) throw new Problem(404, 'not_found', `There is no ${request.url} on this desk.`);
    const { method, service, change } = route;
    const answer = await this.services.ask(service, { ...who.person, tenant: who.tenant }, { method, path, ...(body ? { body } : {}) });
    if (change) await this.record(who, change, { ...params, ...body }, answer);
    if (answer.kind !== 'answered') throw noAnswerProblem(route, answer.kind);
    if (!canBePassedOn(answer)) throw noAnswerProblem(route, 'bad');
    await passOn(answer, reply);
  }

  /** Whatever came of it, once it is known: what the service did, it has done. */
  private async record(
    who: SignedIn,
    change: NonNullable<ForwardedRoute['change']>,
    asked: JsonObject,
    answer: Answered | NoAnswer,
  ): Promise<void> {
    const details = changeDetails(change.keeps, asked, answer);
    await this.transactions.run((tx) => audit(tx, [deskAct(who, change.act, details)]));
  }
}

/** By what the router matched, so that there is one reading of a path. */
function routeOf({ method, routeOptions }: FastifyRequest): ForwardedRoute | undefined {
  const path = routeOptions.url?.slice(`/${BASE}/`.length);
  return FORWARDED.find((it) => it.path === path && (it.method === method || (method === 'HEAD' && it.method === 'GET')));
}

async function passOn({ status, headers, body }: Answered, reply: FastifyReply): Promise<void> {
  void reply.status(status).header('cache-control', 'no-store');
  for (const name of PASSED_ON) {
    const value = headers.get(name);
    if (value !== null) void reply.header(name, value);
  }
  await reply.send(body);
}
