import { OPERATOR, readServiceToken, type ServiceClaims } from '@handoff/contracts';
import { createParamDecorator, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from './problem.js';

export const SERVICE_TOKENS = Symbol('ServiceTokens');

/** How this service knows the tokens that are meant for it; without a secret it takes none. */
export interface ServiceTokens {
  readonly secret: string | null;
  readonly audience: string;
}

interface OperatorRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  operator?: ServiceClaims;
}

/** Operators alone, by a short-lived signed token; an agent's key and a person's session open nothing here. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(@Inject(SERVICE_TOKENS) private readonly tokens: ServiceTokens) {}

  canActivate(context: ExecutionContext): boolean {
    const { secret, audience } = this.tokens;
    if (secret === null) throw new Problem(404, 'not_set_up', 'Operators have no door here: SERVICE_TOKEN_SECRET is not set.');
    const request = context.switchToHttp().getRequest<OperatorRequest>();
    const token = /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
    const claims = readServiceToken(token, secret, audience);
    if (!claims)
      throw new Problem(
        401,
        'unauthorized',
        `Send a token for ${audience} that is signed with SERVICE_TOKEN_SECRET and still valid, as npm run dlt does.`,
      );
    if (!claims.roles.includes(OPERATOR))
      throw new Problem(403, 'not_allowed', `${claims.subject} is not an operator, and only operators may do this.`);
    request.operator = claims;
    return true;
  }
}

/** Who asks; the guard has put it there. */
export const Operator = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { operator } = context.switchToHttp().getRequest<OperatorRequest>();
  return operator?.subject ?? 'unknown';
});
