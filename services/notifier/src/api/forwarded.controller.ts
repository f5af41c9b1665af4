import { Transactions } from '@handoff/bus';
import { isJsonObject, type JsonObject } from '@handoff/contracts';
import { forwardedBy, OtherServices, passOn, pathsOf, Problem, type ForwardReply, type ForwardRequest } from '@handoff/runtime';
import { Controller, Delete, Get, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { changeDetails, type Outcome } from '../domain/change-details.js';
import { FORWARDED, type ForwardedRoute } from '../domain/forwarded-route.js';
import { audit, deskAct } from '../store/decisions.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

const BASE = 'desk/v1';

/** What other services own, through the people's one door: who asks is known from the session, and told to the service. */
@Controller(BASE)
@UseGuards(SessionGuard)
export class ForwardedController {
  constructor(
    @Inject(OtherServices) private readonly services: OtherServices,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  @Get(pathsOf(FORWARDED, 'GET'))
  async read(@Me() who: SignedIn, @Req() request: ForwardRequest, @Res() reply: ForwardReply): Promise<void> {
    await this.forward(who, request, reply);
  }

  @Post(pathsOf(FORWARDED, 'POST'))
  async post(@Me() who: SignedIn, @Req() request: ForwardRequest, @Res() reply: ForwardReply): Promise<void> {
    if (!isJsonObject(request.body)) throw new Problem(415, 'not_json', 'Send a JSON object.');
    await this.forward(who, request, reply, request.body);
  }

  @Delete(pathsOf(FORWARDED, 'DELETE'))
  async remove(@Me() who: SignedIn, @Req() request: ForwardRequest, @Res() reply: ForwardReply): Promise<void> {
    await this.forward(who, request, reply);
  }

  private async forward(who: SignedIn, request: ForwardRequest, reply: ForwardReply, body?: JsonObject): Promise<void> {
    const { route, params, path } = forwardedBy(FORWARDED, BASE, request);
    const { method, service, change } = route;
    const answer = await this.services.ask(service, { ...who.person, tenant: who.tenant }, { method, path, ...(body ? { body } : {}) });
    if (change) await this.record(who, change, { ...params, ...body }, answer);
    await passOn(route, answer, reply);
  }

  /** Whatever came of it, once it is known: what the service did, it has done. */
  private async record(who: SignedIn, change: NonNullable<ForwardedRoute['change']>, asked: JsonObject, outcome: Outcome): Promise<void> {
    const details = changeDetails(change.keeps, asked, outcome);
    await this.transactions.run((tx) => audit(tx, [deskAct(who, change.act, details)]));
  }
}
