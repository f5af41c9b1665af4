import { Transactions } from '@handoff/bus';
import { DEFAULT_TENANT, type PersonId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../api/session.guard.js';
import { NotifierConfig } from '../notifier.config.js';
import { audit } from '../store/decisions.js';
import { peopleBySubject } from '../store/directory.js';
import { closeSession, openSession } from '../store/sessions.js';
import { cookieOf } from './cookie-of.js';

const BEGUN_COOKIE = 'handoff_sign_in';
const BEGUN_SECONDS = 600;

/** What a browser keeps for us: who is signed in, and a sign-in that was begun. No script can read either. */
@Injectable()
export class SessionsOfBrowsers {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  /** A new session in the place of any that this browser had. @returns false for somebody who is not in the directory */
  async open(request: FastifyRequest, reply: FastifyReply, who: string, idToken: string | null): Promise<boolean> {
    const subject = who as PersonId; // unless the directory does not know it
    const session = await this.transactions.run(async (tx) => {
      if (!(await peopleBySubject(tx.db, [subject])).has(subject)) return null;
      await closeSession(tx.db, request.cookies[SESSION_COOKIE] ?? '');
      await audit(tx, [{ tenant: DEFAULT_TENANT, subject, act: 'sign_in', handoffId: null, details: {} }]);
      return openSession(tx.db, { subject, tenant: DEFAULT_TENANT, hours: this.config.SESSION_HOURS, idToken });
    });
    if (session) void reply.setCookie(SESSION_COOKIE, session, { ...cookieOf(this.config.DESK_URL), path: '/' });
    return session !== null;
  }

  /** @returns what names the session at the identity provider, where there was one */
  async close(request: FastifyRequest, reply: FastifyReply, subject: PersonId): Promise<string | null> {
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
    return this.transactions.run(async (tx) => {
      await audit(tx, [{ tenant: DEFAULT_TENANT, subject, act: 'sign_out', handoffId: null, details: {} }]);
      return closeSession(tx.db, request.cookies[SESSION_COOKIE] ?? '');
    });
  }

  keepBegun(reply: FastifyReply, begun: string): void {
    void reply.setCookie(BEGUN_COOKIE, begun, { ...cookieOf(this.config.DESK_URL), path: '/sign-in', maxAge: BEGUN_SECONDS });
  }

  /** Once: a second return with the same state finds nothing. */
  takeBegun(request: FastifyRequest, reply: FastifyReply): string | undefined {
    void reply.clearCookie(BEGUN_COOKIE, { path: '/sign-in' });
    return request.cookies[BEGUN_COOKIE];
  }
}
