import { DEFAULT_TENANT, OPERATOR, readServiceToken, type ServiceClaims } from '@handoff/contracts';
import { createParamDecorator, Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from './problem.js';

export const SERVICE_TOKENS = Symbol('ServiceTokens');

/** How this service knows the tokens that are meant for it; without a secret it takes none. */
export interface ServiceTokens {
  readonly secret: string | null;
  readonly audience: string;
}

/** Every role of the directory, and whoever runs the installation. */
export const ANYBODY = ['viewer', 'responder', 'lead', 'admin', OPERATOR] as const;

const CALLABLE_BY = 'handoff:callable-by';

/** The roles, of which one is enough, that the caller's token must name. What says nothing here is for operators alone. */
export const CallableBy = (...roles: readonly string[]): ReturnType<typeof SetMetadata> => SetMetadata(CALLABLE_BY, roles);

interface ServiceRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  caller?: ServiceClaims;
}

/** By a short-lived signed token alone; an agent's key and a person's session open nothing here. */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  constructor(
    @Inject(SERVICE_TOKENS) private readonly tokens: ServiceTokens,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { secret, audience } = this.tokens;
    if (secret === null) throw new Problem(404, 'not_set_up', 'There is no door here: SERVICE_TOKEN_SECRET is not set.');
    const request = context.switchToHttp().getRequest<ServiceRequest>();
    const token = /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
    const claims = readServiceToken(token, secret, audience);
    if (!claims)
      throw new Problem(
        401,
        'unauthorized',
        `Send a token for ${audience} that is signed with SERVICE_TOKEN_SECRET and still valid, as npm run dlt does.`,
      );
    const wanted = this.reflector.getAllAndOverride<readonly string[] | undefined>(CALLABLE_BY, [context.getHandler(), context.getClass()]);
    refuseOthers(claims, wanted ?? [OPERATOR]);
    request.caller = claims;
    return true;
  }
}

function refuseOthers({ subject, roles }: ServiceClaims, wanted: readonly string[]): void {
  if (wanted.some((role) => roles.includes(role))) return;
  throw new Problem(403, 'not_allowed', `${subject} is ${roles.join(', ') || 'nothing'}, and only ${wanted.join(', ')} may do this.`);
}

/** Who calls; the guard has put it there. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): ServiceClaims => {
  const { caller } = context.switchToHttp().getRequest<ServiceRequest>();
  return caller ?? { subject: 'unknown', roles: [], tenant: DEFAULT_TENANT, audience: '' };
});
