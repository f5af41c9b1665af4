import { Problem } from '@handoff/runtime';
import { createParamDecorator, HttpStatus, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readBearer } from '../domain/agent-key.js';
import { agentOfKey, type CallingAgent } from '../store/agent-keys.js';

/** What of the request and the reply is used here; the HTTP server's own types stay with the runtime. */
interface AgentRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  callingAgent?: CallingAgent;
}
interface Reply {
  header(name: string, value: string): unknown;
}

/** Only an agent's key opens this door; a person's session means nothing here. */
@Injectable()
export class AgentGuard implements CanActivate {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<AgentRequest>();
    const key = readBearer(request.headers['authorization']);
    const agent = key === null ? null : await agentOfKey(this.source.manager, key);
    if (agent === null) {
      http.getResponse<Reply>().header('www-authenticate', 'Bearer realm="handoff agents"');
      throw new Problem(
        HttpStatus.UNAUTHORIZED,
        'unauthorized',
        'Send a valid agent key: "Authorization: Bearer hk_…". An operator makes one with agent-key add.',
      );
    }
    request.callingAgent = agent;
    return true;
  }
}

/** The agent whose key the guard has found. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AgentRequest>().callingAgent,
);
