import { WebhookClient, type WebhookResult } from '@handoff/webhook';
import type { Message } from '../domain/message.js';
import type { NotificationChannel, SendResult } from './channel.js';

export interface WebhookSettings {
  readonly secret: string;
  readonly allowedNetworks: readonly string[];
}

/** A signed request to the person's own endpoint, after Standard Webhooks. A receiver that names its copy hears what becomes of it. */
export class WebhookChannel implements NotificationChannel {
  readonly channel = 'webhook';
  readonly isForPeople = false;
  readonly buttons = [];
  private readonly client: WebhookClient;

  constructor(private readonly settings: WebhookSettings) {
    this.client = new WebhookClient(settings);
  }

  send(address: string, id: string, message: Message): Promise<SendResult> {
    return this.post(address, id, `handoff.${message.kind === 'ask' ? message.copy.kind : message.kind}`, dataOf(message));
  }

  update(address: string, reference: string, id: string, message: Message): Promise<SendResult> {
    const type = message.kind === 'closed' ? 'handoff.closed' : 'handoff.updated';
    return this.post(address, id, type, { ...dataOf(message), reference });
  }

  /** What is no copy of a handoff goes out the same way. */
  async post(address: string, id: string, type: string, data: object): Promise<SendResult> {
    return resultOf(
      await this.client.send({ url: address, secret: this.settings.secret }, id, { type, timestamp: new Date().toISOString(), data }),
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** Machines read it: the copy as it is, without buttons. */
const dataOf = (message: Message): object => (message.kind === 'ask' ? message.copy : message);

const isLasting = (status: number): boolean => status < 500 && status !== 429 && status !== 408;

function resultOf(result: WebhookResult): SendResult {
  switch (result.kind) {
    case 'delivered':
      return { kind: 'delivered', reference: result.reference };
    case 'gone':
      return { kind: 'gone', reason: 'The receiver wants no more messages (410).' };
    case 'refused': {
      const { status, retryAfter } = result;
      const reason = `The receiver answered ${status}.`;
      if (isLasting(status)) return { kind: 'refused', reason };
      return { kind: 'failed', reason, ...(retryAfter === null ? {} : { retryIn: retryAfter }) };
    }
    case 'forbidden':
      return { kind: 'refused', reason: result.reason };
    case 'failed':
      return { kind: 'failed', reason: result.reason };
  }
}
