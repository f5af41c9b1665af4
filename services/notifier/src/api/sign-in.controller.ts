import { DEFAULT_TENANT } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { readSignInToken } from '../domain/sign-in-token.js';
import { NotifierConfig } from '../notifier.config.js';
import { peopleBySubject } from '../store/directory.js';
import { closeSession, openSession, type SignedIn } from '../store/sessions.js';
import { Me, SESSION_COOKIE, SessionGuard } from './session.guard.js';

@Controller()
export class SignInController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  /** A sign-in link: opens a session and nothing else. */
  @Get('sign-in')
  async signIn(@Query('token') token: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const now = await databaseNow(this.source.manager);
    const subject = readSignInToken(token ?? '', this.config.SESSION_SECRET, now.getTime() / 1000);
    const known = subject && (await peopleBySubject(this.source.manager, [subject])).has(subject);
    if (!subject || !known)
      throw new Problem(
        401,
        'bad_link',
        'This sign-in link is not valid, has expired, or is for somebody who is not in the directory. Ask for a new one.',
      );
    const session = await openSession(this.source.manager, subject, DEFAULT_TENANT, this.config.SESSION_HOURS);
    const secure = this.config.DESK_URL.startsWith('https:');
    await reply
      .setCookie(SESSION_COOKIE, session, { path: '/', httpOnly: true, sameSite: 'lax', secure })
      .status(303)
      .header('location', '/')
      .send();
  }

  @Post('desk/v1/sign-out')
  @HttpCode(204)
  @UseGuards(SessionGuard)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await closeSession(this.source.manager, request.cookies[SESSION_COOKIE] ?? '');
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Get('desk/v1/me')
  @UseGuards(SessionGuard)
  me(@Me() { person, tenant }: SignedIn): object {
    const { subject, name, roles, teams } = person;
    return { subject, name, roles, teams, tenant };
  }
}
