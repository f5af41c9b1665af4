import { DEFAULT_TENANT, OPERATOR, signServiceToken } from '@handoff/contracts';
import type { PolicyChange } from '../domain/policy-changes.js';
import { PolicyCommandError } from './policy-command.js';

/** Routing's API, as an operator. */
export class PolicyClient {
  constructor(
    private readonly url: string,
    private readonly secret: string,
    private readonly operator: string,
  ) {}

  diff(text: string): Promise<{ readonly against: number; readonly changes: readonly PolicyChange[] }> {
    return this.ask('/diff', { text });
  }

  /** On top of the version that is in force when this begins. */
  async apply(text: string): Promise<{ readonly version: number; readonly changed: boolean }> {
    const { version } = await this.ask<{ readonly version: number }>('/current');
    return this.ask('', { text, based_on: version });
  }

  private async ask<T>(path: string, body?: object): Promise<T> {
    const claims = { subject: this.operator, roles: [OPERATOR], tenant: DEFAULT_TENANT, audience: 'routing' };
    const headers = { authorization: `Bearer ${signServiceToken(claims, this.secret)}`, 'content-type': 'application/json' };
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const response = await fetch(`${this.url}/v1/policies${path}`, { ...init, signal: AbortSignal.timeout(30_000) }).catch(
      (cause: unknown) => {
        throw new PolicyCommandError(
          `Routing at ${this.url} does not answer: ${(cause as Error).message}. Is it running there? Set ROUTING_URL.`,
          { cause },
        );
      },
    );
    const answer = (await response.json()) as T & { readonly detail?: string };
    if (!response.ok) throw new PolicyCommandError(`Routing at ${this.url} answered ${response.status}: ${answer.detail ?? ''}`);
    return answer;
  }
}
