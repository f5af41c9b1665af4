import { Webhook } from 'standardwebhooks';
import { Agent, buildConnector, request } from 'undici';
import { addressGuard, ForbiddenAddressError, type Lookup } from './address-guard.js';
import { retryAfter } from './retry-after.js';

export interface WebhookReceiver {
  readonly url: string;
  /** `whsec_` and base64, as Standard Webhooks has it. */
  readonly secret: string;
}

export interface WebhookOptions {
  readonly allowedNetworks?: readonly string[];
  readonly timeoutMs?: number;
  /** Finds a name's addresses; by default as the machine does. */
  readonly lookup?: Lookup;
}

export type WebhookResult =
  /** `reference`: what the receiver calls its copy, from its header `handoff-reference`; null where it keeps none. */
  | { readonly kind: 'delivered'; readonly reference: string | null }
  /** The receiver wants no more (410). */
  | { readonly kind: 'gone' }
  /** It answered, and not with success; redirects are not followed. */
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfter: number | null }
  /** The address is one that webhooks must not reach. */
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Signed requests out, after Standard Webhooks, to public addresses alone. */
export class WebhookClient {
  private readonly agent: Agent;

  constructor(private readonly options: WebhookOptions = {}) {
    const guard = addressGuard(options.allowedNetworks ?? [], options.lookup);
    const connect = buildConnector({ timeout: 3000 });
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
  async send({ url, secret }: WebhookReceiver, id: string, payload: object): Promise<WebhookResult> {
    const body = JSON.stringify(payload);
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
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
      const { statusCode: status, headers: answered } = answer;
      if (status >= 200 && status < 300) return { kind: 'delivered', reference: textOf(answered['handoff-reference']) };
      return status === 410 ? { kind: 'gone' } : { kind: 'refused', status, retryAfter: retryAfter(textOf(answered['retry-after'])) };
    } catch (error) {
      return { kind: error instanceof ForbiddenAddressError ? 'forbidden' : 'failed', reason: (error as Error).message };
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

const LONGEST_HEADER = 512;

function textOf(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header[0] : header;
  return text ? text.slice(0, LONGEST_HEADER) : null;
}
