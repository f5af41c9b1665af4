import { Gatherer } from '@handoff/bus';
import { Problem } from '@handoff/runtime';
import { createParamDecorator, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { NotifierConfig } from '../notifier.config.js';
import { signedIn, type SignedIn } from '../store/sessions.js';

export const SESSION_COOKIE = 'handoff_session';

type DeskRequest = FastifyRequest & { signedIn?: SignedIn; readonly cookies: Readonly<Record<string, string | undefined>> };

/**
 * People alone, by their session; an agent's key does not come as far as here. What changes something must come from the desk itself: a header that no form can set, and the desk's own origin where the browser tells one.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  /** Many press at the same moment when it matters; they are looked up together. */
  private readonly sessions = new Gatherer<string, SignedIn | null>(async (tokens) => {
    const found = await signedIn(this.source.manager, tokens);
    return tokens.map((token) => () => found.get(token) ?? null);
  });

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<DeskRequest>();
    if (request.method !== 'GET') this.refuseForeign(request);
    const token = request.cookies[SESSION_COOKIE];
    const found = token === undefined ? null : await this.sessions.add(token);
    if (!found) throw new Problem(401, 'not_signed_in', 'You are not signed in, or your session has ended. Sign in at the desk.');
    request.signedIn = { ...found, address: request.ip };
    return true;
  }

  private refuseForeign(request: DeskRequest): void {
    const { origin } = request.headers;
    const own = new URL(this.config.DESK_URL).origin;
    if (request.headers['x-handoff-desk'] === undefined || (origin !== undefined && origin !== own))
      throw new Problem(403, 'foreign_origin', 'This request did not come from the desk, so nothing was done. Answer on the desk itself.');
  }
}

/** The person of the session; the guard has put it there. */
export const Me = createParamDecorator((_data: unknown, context: ExecutionContext): SignedIn => {
  const { signedIn: found } = context.switchToHttp().getRequest<DeskRequest>();
  if (!found) throw new Problem(401, 'not_signed_in', 'You are not signed in.');
  return found;
});
