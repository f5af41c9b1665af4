import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TENANT, HandoffError, OPERATOR, signServiceToken, type Milliseconds, type Service } from '@handoff/contracts';
import { urlSetting } from '../command/installation.js';
import type { Env } from '../command/io.js';
import { handoffHome } from '../home.js';

export class OperatorError extends HandoffError {
  readonly code = 'OPERATOR';
}

export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  /** The stable code of a refusal; empty where it was none. */
  readonly problem: string;
  readonly detail: string;
}

interface Asked {
  readonly body?: object;
  readonly withinMs?: Milliseconds;
}

/** One service's own API, asked by whoever runs the installation. */
export class OperatorClient {
  constructor(
    readonly service: Service,
    private readonly url: string,
    private readonly secret: string,
    private readonly operator: string,
  ) {}

  async ask(method: 'GET' | 'POST', path: string, { body, withinMs = 60_000 }: Asked = {}): Promise<Answer> {
    const claims = { subject: this.operator, roles: [OPERATOR], tenant: DEFAULT_TENANT, audience: this.service };
    const headers = { authorization: `Bearer ${signServiceToken(claims, this.secret)}` };
    const sent = body ? { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers };
    try {
      const response = await fetch(`${this.url}${path}`, { method, ...sent, signal: AbortSignal.timeout(withinMs) });
      const answer: unknown = await response.json();
      const { code = '', detail = '' } = answer as { readonly code?: string; readonly detail?: string };
      return { ok: response.ok, status: response.status, body: answer, problem: response.ok ? '' : code, detail };
    } catch (cause) {
      const set = urlSetting(this.service);
      throw new OperatorError(`${this.service} at ${this.url} does not answer: ${reasonOf(cause)}. Is it running there? Else set ${set}.`, {
        cause,
      });
    }
  }

  refused({ status, detail }: Answer): OperatorError {
    return new OperatorError(`${this.service} at ${this.url} answered ${status}: ${detail}`);
  }
}

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
};

/** What tokens are signed with: the setting, else what the local system keeps. */
export async function serviceTokenSecret(env: Env): Promise<string> {
  if (env['SERVICE_TOKEN_SECRET']) return env['SERVICE_TOKEN_SECRET'];
  const file = join(handoffHome(env), 'secrets', 'service-token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new OperatorError(
      `Set SERVICE_TOKEN_SECRET to what the services have; npm start keeps its own in ${file}, and it is not there.`,
      {
        cause,
      },
    );
  }
}

/** Who is kept with what is done. */
export const operatorName = (env: Env): string => env['HANDOFF_OPERATOR'] ?? userInfo().username;
