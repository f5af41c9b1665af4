import type { OperatorClient } from '../operator/operator-client.js';

const WITHIN_MS = 30_000;

/** A policy as routing's API compares and applies it; what it answers is for routing's own command to read. */
export class PolicyClient {
  constructor(private readonly client: OperatorClient) {}

  diff(text: string): Promise<unknown> {
    return this.ask('POST', '/diff', { text });
  }

  /** On top of the version that is in force when this begins. */
  async apply(text: string): Promise<unknown> {
    const { version } = (await this.ask('GET', '/current')) as { readonly version: number };
    return this.ask('POST', '', { text, based_on: version });
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const answer = await this.client.ask(method, `/v1/policies${path}`, { ...(body ? { body } : {}), withinMs: WITHIN_MS });
    if (!answer.ok) throw this.client.refused(answer);
    return answer.body;
  }
}
