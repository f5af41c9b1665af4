import { Webhook } from 'standardwebhooks';
import { Agent, buildConnector, request } from 'undici';
import { addressGuard, ForbiddenAddressError } from './address-guard.js';

export interface WebhookOptions {
  /** `whsec_` and base64, as Standard Webhooks has it. */
  readonly secret: string;
  readonly allowedNetworks?: readonly string[];
  readonly timeoutMs?: number;
}

export type WebhookResult =
  | { readonly kind: 'delivered' }
  /** The receiver wants no more (410). */
  | { readonly kind: 'gone' }
  /** It answered, and not with success; redirects are not followed. */
  | { readonly kind: 'refused'; readonly status: number }
  /** The address is one that webhooks must not reach. */
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Signed requests out, after Standard Webhooks, to public addresses alone. */
export class WebhookClient {
  private readonly agent: Agent;
  private readonly signer: Webhook;

  constructor(private readonly options: WebhookOptions) {
    const guard = addressGuard(options.allowedNetworks ?? []);
    const connect = buildConnector({ timeout: 3000 });
    this.signer = new Webhook(options.secret);
    this.agent = new Agent({
      connections: 32,
      pipelining: 1,
      connect: (target, done) => {
        guard.resolve(target.hostname).then(
          ({ address }) =>
            connect(
              { ...target, hostname: address, servername: target.servername ?? target.hostname, host: target.host ?? target.hostname },
              done,
            ),
          (error: unknown) => done(error as Error, null),
        );
      },
    });
  }

  /** @param id the same for every attempt at one message, so that the receiver can tell a repeat */
  async send(url: string, id: string, payload: object): Promise<WebhookResult> {
    const body = JSON.stringify(payload);
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': this.signer.sign(id, at, body),
    };
    const timeout = this.options.timeoutMs ?? 10_000;
    try {
      const answer = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: this.agent,
        headersTimeout: timeout,
        bodyTimeout: timeout,
      });
      await answer.body.dump({ limit: 16_384 });
      if (answer.statusCode >= 200 && answer.statusCode < 300) return { kind: 'delivered' };
      return answer.statusCode === 410 ? { kind: 'gone' } : { kind: 'refused', status: answer.statusCode };
    } catch (error) {
      return { kind: error instanceof ForbiddenAddressError ? 'forbidden' : 'failed', reason: (error as Error).message };
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}
