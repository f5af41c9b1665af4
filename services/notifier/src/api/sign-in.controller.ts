import { CANARY_ROBOT, type PersonId } from '@handoff/contracts';
import { LOGGER, Problem, type Logger } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { mayLead } from '../domain/rights.js';
import { readSignInToken } from '../domain/sign-in-token.js';
import { NotifierConfig } from '../notifier.config.js';
import { signIns } from '../notifier.metrics.js';
import { handoffIn, readBegun, writeBegun } from '../sign-in/begun-sign-in.js';
import { CALLBACK_PATH, IdentityProvider, IdentityProviderAwayError } from '../sign-in/identity-provider.js';
import { SessionsOfBrowsers } from '../sign-in/sessions-of-browsers.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

/** Why somebody was not let in, as the desk's page is told it in its address. */
type NotLetIn = 'failed' | 'unknown' | 'away';

@Controller()
export class SignInController {
  constructor(
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(SessionsOfBrowsers) private readonly browsers: SessionsOfBrowsers,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** On to the identity provider; or, by a link, in at once. */
  @Get('sign-in')
  async signIn(
    @Query('token') token: string | undefined,
    @Query('handoff') handoff: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (token !== undefined || !this.provider.isSetUp) return this.byLink(token ?? '', request, reply);
    try {
      const { url, begun } = await this.provider.begin();
      this.browsers.keepBegun(reply, writeBegun({ ...begun, handoffId: handoffIn(handoff) }));
      await reply.redirect(url.href, 303);
    } catch (error) {
      await this.refuse(reply, error);
    }
  }

  @Get(CALLBACK_PATH)
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const begun = readBegun(this.browsers.takeBegun(request, reply));
    if (!begun) return this.lead(reply, 'failed');
    try {
      const who = await this.provider.finish(new URL(request.url, this.config.DESK_URL).search, begun);
      if (!who || !(await this.browsers.open(request, reply, who.subject, who.idToken))) return await this.lead(reply, 'unknown');
      signIns.inc({ result: 'signed_in' });
      await reply.redirect(begun.handoffId ? `/#/handoffs/${begun.handoffId}` : '/', 303);
    } catch (error) {
      await this.refuse(reply, error);
    }
  }

  @Post('desk/v1/sign-out')
  @HttpCode(200)
  @UseGuards(SessionGuard)
  async signOut(
    @Me() { person }: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly end_session_url: string | null }> {
    const idToken = await this.browsers.close(request, reply, person.subject);
    return { end_session_url: idToken && (await this.provider.endSessionUrl(idToken)) };
  }

  @Get('desk/v1/me')
  @UseGuards(SessionGuard)
  me(@Me() { person, tenant }: SignedIn) {
    const { subject, name, roles, teams } = person;
    const { ANSWER_HOLD_SECONDS: hold_seconds, EVIDENCE_SIGNING_KEY: key } = this.config;
    return { subject, name, roles, teams, tenant, hold_seconds, may_lead: mayLead(person), signs_evidence: key !== undefined };
  }

  private async byLink(token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const now = await databaseNow(this.source.manager);
    const subject = this.subjectOf(token, now.getTime() / 1000);
    if (!subject || !(await this.browsers.open(request, reply, subject, null)))
      throw new Problem(
        401,
        'bad_link',
        'This sign-in link is not valid, has expired, or is for somebody who is not in the directory. Ask for a new one.',
      );
    await reply.redirect('/', 303);
  }

  /** Of a link by whoever may make links for anybody; or by the canary, whose links are good for its robot alone. */
  private subjectOf(token: string, now: number): PersonId | null {
    const { SIGN_IN_LINK_SECRET: secret, CANARY_SIGN_IN_SECRET: canarys } = this.config;
    const anybody = secret === undefined ? null : readSignInToken(token, secret, now);
    const robot = canarys === undefined ? null : readSignInToken(token, canarys, now);
    return anybody ?? (robot === CANARY_ROBOT ? robot : null);
  }

  private async refuse(reply: FastifyReply, error: unknown): Promise<void> {
    const isAway = error instanceof IdentityProviderAwayError;
    this.log[isAway ? 'error' : 'warn']({ err: error }, isAway ? error.message : 'Somebody was not let in');
    await this.lead(reply, isAway ? 'away' : 'failed');
  }

  private async lead(reply: FastifyReply, why: NotLetIn): Promise<void> {
    signIns.inc({ result: why });
    await reply.redirect(`/#/not-let-in/${why}`, 303);
  }
}
